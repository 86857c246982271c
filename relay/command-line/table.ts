/** Cells as lines, the columns below each other. */
export function formatTable(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = Math.max(...rows.map(({ length }) => length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** A text that comes from outside: nothing in it may steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '?')
}

/** `2026-11-30 20:05Z` */
export function formatMinute(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')}Z`
}
