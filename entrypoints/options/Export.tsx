import { i18n } from '#i18n'
import { formatShare } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import type { ExportAndWipeModel } from './export-and-wipe-model.ts'

/** Everything that is kept of the person, in one file. */
export function Export({ model }: { readonly model: ExportAndWipeModel }) {
  const isSignedIn = model.status.value?.user !== undefined
  return (
    <div class="part">
      <h3>{i18n.t('privacy.exportTitle')}</h3>
      {isSignedIn ? (
        <>
          <p class="quiet">{i18n.t('privacy.exportLead')}</p>
          <button type="button" disabled={model.isBusy.value} onClick={() => void model.exportAll()}>
            {i18n.t('privacy.export')}
          </button>
        </>
      ) : (
        <p class="quiet">{i18n.t('privacy.signedOut')}</p>
      )}
      <Progress share={model.share.value} />
      <FeedbackLine feedback={model.exported.value} />
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
