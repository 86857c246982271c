import { i18n } from '#i18n'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import type { PreviousUser, PreviousUsersModel } from './previous-users-model.ts'
import { Wipe } from './Wipe.tsx'

/** What is still kept of people who were signed in here before, to be wiped one by one. */
export function PreviousUsers({ model }: { readonly model: PreviousUsersModel }) {
  const previousUsers = model.previousUsers.value
  if (previousUsers.length === 0) return <FeedbackLine feedback={model.feedback.value} />
  return (
    <div class="part">
      <h3>{i18n.t('privacy.previousUsers')}</h3>
      <p class="quiet">{i18n.t('privacy.previousUsersLead')}</p>
      {previousUsers.map((user) => (
        <PreviousUserPart
          key={`${user.accountId}:${user.extensionId}`}
          user={user}
          onWipe={() => void model.wipe(user)}
        />
      ))}
      <FeedbackLine feedback={model.feedback.value} />
    </div>
  )
}

function PreviousUserPart({ user, onWipe }: { readonly user: PreviousUser; readonly onWipe: () => void }) {
  const name = user.name ?? i18n.t('privacy.nameless', [user.extensionId])
  return <Wipe label={i18n.t('privacy.wipeOther', [name])} name={name} onWipe={onWipe} />
}
