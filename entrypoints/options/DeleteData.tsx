import { i18n } from '#i18n'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import type { ExportAndWipeModel } from './export-and-wipe-model.ts'
import { PreviousUsers } from './PreviousUsers.tsx'
import type { PreviousUsersModel } from './previous-users-model.ts'
import { Wipe } from './Wipe.tsx'

export interface DeleteDataProps {
  readonly wiping: ExportAndWipeModel
  readonly previousUsers: PreviousUsersModel
}

/** What can't be had back, apart from everything else: what is kept of who is signed in, and of who was before. */
export function DeleteData({ wiping, previousUsers }: DeleteDataProps) {
  const user = wiping.status.value?.user
  return (
    <section class="privacy dangerous">
      <h2>{i18n.t('privacy.deleteTitle')}</h2>
      <p class="quiet">{i18n.t('privacy.deleteLead')}</p>
      {user === undefined ? (
        <p class="quiet">{i18n.t('privacy.signedOutWipe')}</p>
      ) : (
        <Wipe
          label={i18n.t('privacy.wipe')}
          name={user.name}
          isDisabled={wiping.isBusy.value}
          onWipe={() => void wiping.wipeAll()}
        />
      )}
      <FeedbackLine feedback={wiping.wiped.value} />
      <PreviousUsers model={previousUsers} />
    </section>
  )
}
