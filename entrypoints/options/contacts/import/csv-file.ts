import { assert } from '../../../../shared/assert.ts'
import { cleanTags } from '../../../lib/notes/tags.ts'
import { readCell } from './cell.ts'
import type { CsvLayout } from './columns.ts'
import type { CsvRow, CsvTable } from './csv-table.ts'
import { type ContactFields, type ContactFile, joinName, judgeFields, tidyText } from './draft.ts'
import { splitNumbers } from './split-numbers.ts'
import type { ColumnMeaning } from './titles.ts'

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
  const textUnder = (meaning: ColumnMeaning) => under(meaning).map((cell) => tidyText(readCell(cell)))
  const firstUnder = (meaning: ColumnMeaning) => textUnder(meaning)[0] ?? ''
  const numbers = under('phone').map(splitNumbers)
  return {
    line,
    name:
      firstUnder('name') ||
      // A middle name and a suffix tell two people in one house apart.
      joinName(textUnder('firstName').join(' '), textUnder('lastName').join(' ')) ||
      firstUnder('nickname'),
    company: firstUnder('company'),
    phoneNumbers: numbers.flatMap((found) => found.numbers),
    leftovers: numbers.flatMap((found) => found.leftovers),
    // Google marks the groups that it makes itself with a star.
    tags: cleanTags(textUnder('tags').flatMap((cell) => cell.split(/:::|[,;|\n]/))).filter(
      (tag) => !tag.startsWith('*'),
    ),
  }
}
