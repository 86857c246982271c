import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { formatShare } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { Ask } from '../ui/setup/Ask.tsx'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import type { ExportAndWipeModel } from './export-and-wipe-model.ts'

/** Export or deletion of everything that is kept of the person. */
export function ExportAndWipe({ model }: { readonly model: ExportAndWipeModel }) {
  const [isAsking, setAsking] = useState(false)
  const user = model.status.value?.user
  const isBusy = model.isBusy.value
  if (user === undefined) return <p class="quiet">{i18n.t('privacy.signedOut')}</p>
  return (
    <div class="part">
      <h3>{i18n.t('privacy.exportAndWipe')}</h3>
      <p class="quiet">{i18n.t('privacy.exportLead')}</p>
      {isAsking ? (
        <Ask
          question={i18n.t('privacy.wipeAsk', [user.name])}
          yes={i18n.t('privacy.wipeYes')}
          no={i18n.t('privacy.wipeNo')}
          onAnswer={(isYes) => {
            setAsking(false)
            if (isYes) void model.wipeAll()
          }}
        />
      ) : (
        <div class="ask">
          <button type="button" disabled={isBusy} onClick={() => void model.exportAll()}>
            {i18n.t('privacy.export')}
          </button>
          <button type="button" disabled={isBusy} onClick={() => setAsking(true)}>
            {i18n.t('privacy.wipe')}
          </button>
        </div>
      )}
      <Progress share={model.share.value} />
      <FeedbackLine feedback={model.feedback.value} />
    </div>
  )
}

function Progress({ share }: { readonly share: number | undefined }) {
  if (share === undefined) return null
  return (
    <label>
      {i18n.t('privacy.exporting', [formatShare(share, language())])}
      <progress value={share} />
    </label>
  )
}
