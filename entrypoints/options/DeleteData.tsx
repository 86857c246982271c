import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { Ask } from '../ui/setup/Ask.tsx'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import type { ExportAndWipeModel } from './export-and-wipe-model.ts'
import { PreviousUsers } from './PreviousUsers.tsx'
import type { PreviousUsersModel } from './previous-users-model.ts'

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
        <Wipe model={wiping} name={user.name} />
      )}
      <FeedbackLine feedback={wiping.wiped.value} />
      <PreviousUsers model={previousUsers} />
    </section>
  )
}

function Wipe({ model, name }: { readonly model: ExportAndWipeModel; readonly name: string }) {
  const [isAsking, setAsking] = useState(false)
  if (!isAsking) {
    return (
      <button type="button" class="danger" disabled={model.isBusy.value} onClick={() => setAsking(true)}>
        {i18n.t('privacy.wipe')}
      </button>
    )
  }
  return (
    <Ask
      question={i18n.t('privacy.wipeAsk', [name])}
      yes={i18n.t('privacy.wipeYes')}
      no={i18n.t('privacy.wipeNo')}
      isDangerous
      onAnswer={(isYes) => {
        setAsking(false)
        if (isYes) void model.wipeAll()
      }}
    />
  )
}
