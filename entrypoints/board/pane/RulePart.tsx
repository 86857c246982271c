import { useEffect } from 'preact/hooks'
import { i18n } from '#i18n'
import type { RuleHit } from '../../../shared/protocol/http/routing.ts'
import { formatTime } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import type { BoardPage } from '../page.ts'
import { explainHit, nameAct } from '../routing/rule-words.ts'

/** A rule: the calls of today that it was about, the latest first, with what it did and what came of it. */
export function RulePart({ page, name }: { readonly page: BoardPage; readonly name: string }) {
  useEffect(page.routing.look, [name])
  const rule = page.routing.routing.value?.rules.find((one) => one.name === name)
  if (rule === undefined) return <p class="quiet">{i18n.t('board.nothingKnown')}</p>
  const { isDry, hits, hitsToday, lastRefusal } = rule
  const isListed = lastRefusal === undefined || hits.some((hit) => isSame(hit, lastRefusal))
  return (
    <>
      {isDry && <p class="quiet">{i18n.t('routing.dryMeaning')}</p>}
      {!isListed && (
        <section>
          <h3>{i18n.t('routing.lastRefusalTitle')}</h3>
          <HitLine page={page} hit={lastRefusal} />
        </section>
      )}
      <section>
        <h3>{i18n.t('routing.hits', hitsToday)}</h3>
        <ul class="behind" data-count={hitsToday}>
          {hits.map((hit) => (
            <li key={JSON.stringify([hit.telephonySessionId, hit.at, hit.act, hit.to, hit.text])}>
              <HitLine page={page} hit={hit} />
            </li>
          ))}
        </ul>
        {hitsToday > hits.length && (
          <p class="quiet">{i18n.t('board.moreBehind', [String(hitsToday - hits.length)])}</p>
        )}
      </section>
    </>
  )
}

function isSame(a: RuleHit, b: RuleHit): boolean {
  return a.telephonySessionId === b.telephonySessionId && a.at === b.at
}

function HitLine({ page: { model, pane }, hit }: { readonly page: BoardPage; readonly hit: RuleHit }) {
  const names = model.names.value
  const { telephonySessionId, at, caller, outcome } = hit
  const title = names.counterpart({ name: undefined, phoneNumber: caller, extensionId: undefined })
  return (
    <button
      type="button"
      class="call-line hit"
      data-session={telephonySessionId}
      onClick={() =>
        pane.openFrom({
          kind: 'call',
          call: { title, sessions: [telephonySessionId], extensionId: selectReceiver(hit) },
        })
      }
    >
      <span class="when">{formatTime(Date.parse(at), language())}</span>
      <bdi class="who">{title}</bdi>
      <span class="came-of-it" data-outcome={outcome}>
        {i18n.t(`routing.outcome.${outcome}`)}
      </span>
      <span class="times">{[nameAct(hit, names), explainHit(hit)].filter(Boolean).join(' · ')}</span>
    </button>
  )
}

/** Whose figures of the call are shown: of whom it was sent to. */
function selectReceiver({ act, outcome, to }: RuleHit): string | undefined {
  const isSent = (act === 'forward' || act === 'transfer') && outcome === 'done'
  return isSent && typeof to === 'object' && 'extensionId' in to ? to.extensionId : undefined
}
