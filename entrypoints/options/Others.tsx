import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { Ask } from '../ui/setup/Ask.tsx'
import { Saying } from '../ui/setup/Saying.tsx'
import type { OtherPerson, OthersModel } from './others-model.ts'

/** What is still kept of people who were signed in here before, to be wiped one by one. */
export function Others({ model }: { readonly model: OthersModel }) {
  const others = model.others.value
  if (others.length === 0) return <Saying said={model.said.value} />
  return (
    <div class="part">
      <h3>{i18n.t('privacy.others')}</h3>
      <p class="quiet">{i18n.t('privacy.othersLead')}</p>
      {others.map((other) => (
        <Other key={`${other.accountId}:${other.extensionId}`} other={other} onWipe={() => void model.wipe(other)} />
      ))}
      <Saying said={model.said.value} />
    </div>
  )
}

function Other({ other, onWipe }: { readonly other: OtherPerson; readonly onWipe: () => void }) {
  const [isAsking, setAsking] = useState(false)
  const name = other.name ?? i18n.t('privacy.nameless', [other.extensionId])
  if (!isAsking) {
    return (
      <button type="button" onClick={() => setAsking(true)}>
        {i18n.t('privacy.wipeOther', [name])}
      </button>
    )
  }
  return (
    <Ask
      question={i18n.t('privacy.wipeAsk', [name])}
      yes={i18n.t('privacy.wipeYes')}
      no={i18n.t('privacy.wipeNo')}
      onAnswer={(isYes) => {
        setAsking(false)
        if (isYes) onWipe()
      }}
    />
  )
}
