import { assert } from '../../../shared/assert.ts'
import type { ColumnMeaning, CsvLayout } from './columns.ts'
import type { CsvRow, CsvTable } from './csv-table.ts'
import { type ContactFields, type ContactFile, judgeFields, tidyText } from './draft.ts'
import { splitNumbers } from './split-numbers.ts'
import { cleanTags } from './tags.ts'

/** A CSV file as contacts, its columns meaning what `layout` says. */
export function openCsv({ rows, problems }: CsvTable, { hasHeader, columns }: CsvLayout): ContactFile {
  const entries = rows.slice(hasHeader ? 1 : 0)
  return {
    count: entries.length,
    read: (index) => {
      const row = entries[index]
      assert(row !== undefined, `an entry to read should be one of ${entries.length}, but is ${index}`)
      return judgeFields(fieldsOf(row, columns))
    },
    problems,
  }
}

function fieldsOf({ line, cells }: CsvRow, columns: readonly ColumnMeaning[]): ContactFields {
  const under = (meaning: ColumnMeaning) =>
    cells.flatMap((cell, index) => (columns[index] === meaning && cell.trim() !== '' ? cell : []))
  const firstUnder = (meaning: ColumnMeaning) => tidyText(under(meaning)[0] ?? '')
  return {
    line,
    name: firstUnder('name') || tidyText(`${firstUnder('firstName')} ${firstUnder('lastName')}`),
    company: firstUnder('company'),
    phoneNumbers: under('phone').flatMap(splitNumbers),
    // Google marks the groups that it makes itself with a star.
    tags: cleanTags(under('tags').flatMap((cell) => cell.split(/:::|[,;|\n]/))).filter((tag) => !tag.startsWith('*')),
  }
}
