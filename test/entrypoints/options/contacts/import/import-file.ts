import { guessLayout } from '../../../../../entrypoints/options/contacts/import/columns.ts'
import { openCsv } from '../../../../../entrypoints/options/contacts/import/csv-file.ts'
import { readCsvTable } from '../../../../../entrypoints/options/contacts/import/csv-table.ts'
import { createImportPlan } from '../../../../../entrypoints/options/contacts/import/import-plan.ts'
import { readAll } from './read-all.ts'

/** What becomes of the contacts in a file, by the guess at its columns. */

export const [n1, n2, n3, n4] = ['+14085550123', '+14085550124', '+14085550125', '+14085550126']

export function importFile(text: string, country = 'US') {
  const table = readCsvTable(text)
  const { drafts, problems } = readAll(openCsv(table, guessLayout(table)))
  let made = 0
  const plan = createImportPlan({ existing: [], country, newId: () => `new-${++made}` })
  for (const draft of drafts) plan.take(draft)
  const outcome = plan.outcome()
  return {
    people: outcome.contacts.map(({ name, company, numberKeys, tags }) => [
      [name, company, ...tags].filter((part) => part !== undefined).join(' | '),
      ...numberKeys.map((key) => key.replace(/^tel:/, '')),
    ]),
    problems: [...problems, ...outcome.problems],
  }
}

/** Contacts in a file with titles, and who they are. */
export interface Listed {
  readonly titles: string
  readonly rows: readonly string[]
  readonly people: readonly (readonly (string | undefined)[])[]
}
