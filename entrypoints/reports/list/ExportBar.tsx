import { i18n } from '#i18n'
import { formatShare } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import type { ExportModel } from './export-model.ts'

/** Files of the calls that are listed. */
export function ExportBar({ model }: { readonly model: ExportModel }) {
  const share = model.share.value
  const isWriting = model.isWriting.value
  const savedName = model.savedName.value
  return (
    <div class="export-bar">
      <button type="button" disabled={isWriting} onClick={() => void model.save('csv')}>
        {i18n.t('export.csv')}
      </button>
      <button
        type="button"
        disabled={isWriting}
        title={i18n.t('export.excelLead')}
        onClick={() => void model.save('xlsx')}
      >
        {i18n.t('export.excel')}
      </button>
      <button type="button" disabled={isWriting} onClick={() => void model.save('json')}>
        {i18n.t('export.json')}
      </button>
      <label>
        <input
          type="checkbox"
          checked={model.hasMark.value}
          onChange={(event) => {
            model.hasMark.value = event.currentTarget.checked
          }}
        />
        {i18n.t('export.mark')}
      </label>
      <p class="quiet">{i18n.t('export.lead')}</p>
      {share !== undefined && (
        <label>
          {i18n.t('export.writing', [formatShare(share, language())])}
          <progress value={share} />
        </label>
      )}
      <p class="quiet" role="status">
        {savedName && i18n.t('export.saved', [savedName])}
      </p>
    </div>
  )
}
