import { assert } from '../../../../shared/assert.ts'
import { cleanTags } from '../../../lib/notes/tags.ts'
import { readCell } from './cell.ts'
import type { CsvLayout } from './columns.ts'
import type { CsvRow, CsvTable } from './csv-table.ts'
import { type ContactFields, type ContactFile, joinName, judgeFields, tidyText } from './draft.ts'
import { isMachineText } from './machine-words.ts'
import { withPrefixes } from './number-prefixes.ts'
import { splitNumbers } from './split-numbers.ts'
import { type ColumnMeaning, findLabels } from './titles.ts'

/** A CSV file as contacts, its columns meaning what `layout` says. */
export function openCsv({ rows, problems }: CsvTable, layout: CsvLayout): ContactFile {
  const entries = entriesOf(rows, layout)
  const titles = layout.hasHeader ? (rows[layout.headerAt]?.cells ?? []) : []
  const labels = findLabels(titles)
  const columns = layout.columns.map((meaning, index) => ({ meaning, labelAt: labels[index] }))
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

/** The rows that are no titles, wherever these stand; lists that were put together have them twice. */
export function entriesOf(rows: readonly CsvRow[], { hasHeader, headerAt }: CsvLayout): readonly CsvRow[] {
  const titles = rows[headerAt]?.cells.join('\n')
  return hasHeader ? rows.filter(({ cells }) => cells.join('\n') !== titles) : rows
}

interface Column {
  readonly meaning: ColumnMeaning
  /** The column that says which number stands in this one; `undefined` where none does. */
  readonly labelAt: number | undefined
}

function fieldsOf({ line, cells }: CsvRow, columns: readonly Column[]): ContactFields {
  const isMachine = ({ labelAt }: Column) => labelAt !== undefined && isMachineText(cells[labelAt] ?? '')
  const under = (meaning: ColumnMeaning) =>
    cells.flatMap((cell, index) => {
      const column = columns[index]
      if (column?.meaning !== meaning || cell.trim() === '') return []
      if (meaning !== 'phone') return cell
      return isMachine(column) ? [] : withPrefixes(cells, columns, index)
    })
  const textUnder = (meaning: ColumnMeaning) => under(meaning).map((cell) => tidyText(readCell(cell)))
  const firstUnder = (meaning: ColumnMeaning) => textUnder(meaning)[0] ?? ''
  const joined = (meaning: ColumnMeaning) => [...new Set(textUnder(meaning))].join(' ')
  const numbers = under('phone').map(splitNumbers)
  return {
    line,
    name:
      firstUnder('name') ||
      // A middle name and a suffix tell two people in one house apart. Shops have a name twice, to bill and to ship.
      joinName(joined('firstName'), joined('lastName')) ||
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
