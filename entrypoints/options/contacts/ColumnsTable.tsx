import { i18n } from '#i18n'
import type { CsvLayout } from './import/columns.ts'
import { entriesOf } from './import/csv-file.ts'
import type { CsvTable } from './import/csv-table.ts'
import { COLUMN_MEANINGS, type ColumnMeaning } from './import/titles.ts'

export interface ColumnsTableProps {
  readonly table: CsvTable
  readonly layout: CsvLayout
  readonly onLayout: (layout: CsvLayout) => void
}

/** Enough to see what a column holds. */
const SHOWN_ROWS = 4

/** The first rows as they are in the file, and above each column what it is taken for, to be set right. */
export function ColumnsTable({ table: { rows }, layout, onLayout }: ColumnsTableProps) {
  const { hasHeader, headerAt, columns } = layout
  const header = rows[headerAt]
  const nameColumn = (index: number) =>
    (hasHeader && header?.cells[index]?.trim()) || i18n.t('contacts.column', [String(index + 1)])
  const setMeaning = (index: number, meaning: ColumnMeaning) =>
    onLayout({ ...layout, columns: columns.map((before, column) => (column === index ? meaning : before)) })
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={hasHeader}
          onChange={({ currentTarget }) => onLayout({ ...layout, hasHeader: currentTarget.checked })}
        />
        {header === undefined || headerAt === 0
          ? i18n.t('contacts.hasHeader')
          : i18n.t('contacts.hasHeaderBelow', [String(header.line)])}
      </label>
      {/* What scrolls is reached by keys, because there is something to choose in it. */}
      <div class="wide">
        <table>
          <thead>
            <tr>
              {columns.map((meaning, index) => (
                <th key={index} scope="col">
                  <label>
                    {nameColumn(index)}
                    <select
                      value={meaning}
                      onChange={({ currentTarget }) => setMeaning(index, currentTarget.value as ColumnMeaning)}
                    >
                      {COLUMN_MEANINGS.map((one) => (
                        <option key={one} value={one}>
                          {i18n.t(`contacts.meaning.${one}`)}
                        </option>
                      ))}
                    </select>
                  </label>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entriesOf(rows, layout)
              .slice(0, SHOWN_ROWS)
              .map(({ line, cells }) => (
                <tr key={line}>
                  {columns.map((meaning, index) => (
                    <td key={index} data-meaning={meaning} dir="auto">
                      {cells[index]}
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
