import { i18n } from '#i18n'
import type { LineProblem } from '../lib/contacts/draft.ts'
import { language } from '../lib/words.ts'
import { ColumnsTable } from './ColumnsTable.tsx'
import { ContactsTable } from './ContactsTable.tsx'
import type { ImportModel, ImportPreview } from './import-model.ts'

/** So many problems are read; the file is mended where they are, and brought again. */
const SHOWN_PROBLEMS = 20
/** So many stand in nobody's way; more are opened by whoever wants to know. */
const OPEN_PROBLEMS = 5

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
        <ColumnsTable table={csv.table} layout={csv.layout} onLayout={(layout) => void model.setLayout(layout)} />
      )}
      {hasNumbers ? (
        <p role="status">
          {i18n.t('contacts.found', [format(added), format(changed), format(same)])}{' '}
          {repeated > 0 && i18n.t('contacts.repeated', repeated, [format(repeated)])}
        </p>
      ) : (
        <p role="status">{i18n.t('contacts.noPhone')}</p>
      )}
      {hasNumbers && problems.length > 0 && <Problems problems={problems} />}
      {count > 0 && <ContactsTable contacts={contacts} />}
      <div class="buttons">
        {count > 0 && (
          <button type="button" class="primary" onClick={() => void model.keep()}>
            {i18n.t('contacts.keep', count, [format(count)])}
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

function Problems({ problems }: { readonly problems: readonly LineProblem[] }) {
  const lines = new Set(problems.map(({ line }) => line)).size
  const hidden = problems.length - SHOWN_PROBLEMS
  return (
    <details open={problems.length <= OPEN_PROBLEMS}>
      <summary>{i18n.t('contacts.problems', lines, [format(lines)])}</summary>
      <ul>
        {problems.slice(0, SHOWN_PROBLEMS).map((problem) => (
          <li key={`${problem.line} ${'text' in problem ? problem.text : ''}`}>
            <span>{describeProblem(problem)}</span>
          </li>
        ))}
      </ul>
      {hidden > 0 && <p class="quiet">{i18n.t('contacts.moreProblems', [format(hidden)])}</p>}
    </details>
  )
}

function describeProblem(problem: LineProblem): string {
  const line = format(problem.line)
  if (problem.kind === 'notANumber') return i18n.t('contacts.problem.notANumber', [line, problem.text])
  return i18n.t(`contacts.problem.${problem.kind}`, [line])
}

function format(count: number): string {
  return count.toLocaleString(language())
}
