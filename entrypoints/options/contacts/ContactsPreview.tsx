import { i18n } from '#i18n'
import { formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { ColumnsTable } from './ColumnsTable.tsx'
import { ContactsTable } from './ContactsTable.tsx'
import type { ImportModel, ImportPreview } from './import-model.ts'
import { ProblemList } from './ProblemList.tsx'
import { SeparatorField } from './SeparatorField.tsx'

/** What a file would do to the contacts, before anything is kept. */
export function ContactsPreview({ preview, model }: { readonly preview: ImportPreview; readonly model: ImportModel }) {
  const { fileName, csv, outcome } = preview
  const { contacts, added, changed, same, repeated, problems } = outcome
  const count = contacts.length
  const hasNumbers = csv === undefined || csv.layout.columns.includes('phone')
  return (
    <section class="preview" aria-label={i18n.t('contacts.preview', [fileName])}>
      <h3>{i18n.t('contacts.preview', [fileName])}</h3>
      {csv !== undefined && (
        <>
          <SeparatorField
            separator={csv.table.separator}
            onSeparator={(separator) => void model.setSeparator(separator)}
          />
          <ColumnsTable table={csv.table} layout={csv.layout} onLayout={(layout) => void model.setLayout(layout)} />
        </>
      )}
      {hasNumbers ? (
        <p role="status">
          {i18n.t('contacts.found', [
            formatCount(added, language()),
            formatCount(changed, language()),
            formatCount(same, language()),
          ])}{' '}
          {repeated > 0 && i18n.t('contacts.repeated', repeated, [formatCount(repeated, language())])}
        </p>
      ) : (
        <p role="status">{i18n.t('contacts.noPhone')}</p>
      )}
      {hasNumbers && problems.length > 0 && <ProblemList fileName={fileName} problems={problems} />}
      {count > 0 && <ContactsTable contacts={contacts} />}
      <div class="buttons">
        {count > 0 && (
          <button type="button" class="primary" onClick={() => void model.keep()}>
            {i18n.t('contacts.keep', count, [formatCount(count, language())])}
          </button>
        )}
        {count === 0 && hasNumbers && problems.length === 0 && <p>{i18n.t('contacts.nothingNew')}</p>}
        <button type="button" onClick={() => model.cancel()}>
          {i18n.t('contacts.cancel')}
        </button>
      </div>
    </section>
  )
}
