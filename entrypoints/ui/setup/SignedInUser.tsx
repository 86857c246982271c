import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { Ask } from './Ask.tsx'
import { FeedbackLine } from './FeedbackLine.tsx'
import type { SignedInUserModel } from './signed-in-user-model.ts'

/** Who is signed in, and signing in and out. */
export function SignedInUser({ model }: { readonly model: SignedInUserModel }) {
  const status = model.status.value
  const feedback = model.feedback.value
  if (status === undefined) return null
  return (
    <section>
      <h2>{i18n.t('settings.user')}</h2>
      {status.user === undefined ? (
        <>
          <p class="quiet">{i18n.t('popup.signInLead')}</p>
          <button
            type="button"
            class="primary"
            disabled={status.relayUrl === '' || feedback?.kind === 'pending'}
            onClick={() => void model.signIn()}
          >
            {i18n.t('popup.signIn')}
          </button>
        </>
      ) : (
        <>
          <p>{i18n.t('settings.signedInAs', [status.user.name])}</p>
          <button type="button" onClick={() => void model.signOut()}>
            {i18n.t('settings.signOut')}
          </button>
        </>
      )}
      <FeedbackLine feedback={feedback} />
      {status.user === undefined && <WipeLeft model={model} />}
    </section>
  )
}

/** Offered to a person who has just signed out: somebody else may use this browser next. */
function WipeLeft({ model }: { readonly model: SignedInUserModel }) {
  const [isAsking, setAsking] = useState(false)
  const left = model.left.value
  if (left === undefined) return null
  if (!isAsking) {
    return (
      <button type="button" class="danger" onClick={() => setAsking(true)}>
        {i18n.t('privacy.wipeOther', [left.name])}
      </button>
    )
  }
  return (
    <Ask
      question={i18n.t('privacy.wipeAsk', [left.name])}
      yes={i18n.t('privacy.wipeYes')}
      no={i18n.t('privacy.wipeNo')}
      isDangerous
      onAnswer={(isYes) => {
        setAsking(false)
        if (isYes) void model.wipeLeft()
      }}
    />
  )
}
