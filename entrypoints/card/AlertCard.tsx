import { i18n } from '#i18n'
import type { AlertApart } from '../lib/contract/card-call.ts'
import { formatTime } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import type { Send } from './Card.tsx'
import { IconButton } from './IconButton.tsx'
import { CloseIcon } from './icons.tsx'
import { useKeys } from './use-keys.ts'

/** What a rule wants the person to know about a call of others: there is nothing to do about it here but to put it away. */
export function AlertCard({ alert, send }: { readonly alert: AlertApart; readonly send: Send }) {
  const { name, rule, text, caller, atMs } = alert
  const leave = () => send({ type: 'leaveAlert', name })
  const card = useKeys<HTMLElement>((event) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    leave()
  })
  return (
    <article ref={card} class="card rule-alert" data-alert={name} aria-label={`${i18n.t('routing.flag')}: ${text}`}>
      <header data-grip>
        <span class="flag">{i18n.t('routing.flag')}</span>
        <span class="time">{formatTime(atMs, language())}</span>
        <span class="via" title={rule} dir="auto">
          {i18n.t('routing.byRule', [rule])}
        </span>
        <IconButton class="hide" label={i18n.t('card.leaveAlert')} onAct={leave}>
          <CloseIcon />
        </IconButton>
      </header>
      <p class="text" dir="auto">
        {text}
      </p>
      <p class="origin">
        <bdi>{caller}</bdi>
      </p>
    </article>
  )
}
