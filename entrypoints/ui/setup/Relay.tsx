import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { Entry } from './Entry.tsx'
import type { RelayModel } from './relay-model.ts'
import { Saying } from './Saying.tsx'

/** Where the relay is, checked before it is kept. */
export function Relay({ model }: { readonly model: RelayModel }) {
  const [typed, setTyped] = useState<string>()
  const address = typed ?? model.relayUrl.value ?? ''
  return (
    <section>
      <h2>{i18n.t('settings.relay')}</h2>
      <p class="quiet">{i18n.t('settings.relayLead')}</p>
      <Entry
        label={i18n.t('settings.address')}
        placeholder="https://relay.example.com"
        button={i18n.t('settings.save')}
        value={address}
        isBusy={model.said.value?.kind === 'pending'}
        onInput={setTyped}
        onSubmit={() => void model.save(address)}
      />
      <Saying said={model.said.value} />
    </section>
  )
}
