import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { Ask } from './Ask.tsx'
import { Entry } from './Entry.tsx'
import { FeedbackLine } from './FeedbackLine.tsx'
import type { RelayModel } from './relay-model.ts'

/** Where the company's relay is, by an invitation's link or by its address; checked before it is kept. */
export function Relay({ model }: { readonly model: RelayModel }) {
  const [typed, setTyped] = useState<string>()
  const address = typed ?? model.relayUrl.value ?? ''
  const change = model.change.value
  return (
    <section>
      <h2>{i18n.t('settings.relay')}</h2>
      <p class="quiet">{i18n.t('settings.relayLead')}</p>
      <Entry
        label={i18n.t('settings.address')}
        placeholder="https://relay.example.com/join"
        button={i18n.t('settings.save')}
        value={address}
        isPrimary={model.relayUrl.value === ''}
        isBusy={model.feedback.value?.kind === 'pending'}
        onInput={setTyped}
        onSubmit={() => void model.save(address)}
      />
      {change && (
        <Ask
          question={i18n.t('settings.relayAsk', [change.from, change.to])}
          yes={i18n.t('settings.relayYes')}
          no={i18n.t('settings.relayNo', [change.from])}
          onAnswer={(isYes) => {
            if (!isYes) setTyped(undefined)
            void model.answer(isYes)
          }}
        />
      )}
      {model.company.value !== '' && <p>{i18n.t('settings.company', [model.company.value])}</p>}
      <FeedbackLine feedback={model.feedback.value} />
    </section>
  )
}
