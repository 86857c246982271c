/**
 * What a cell says, without what programs put around it so that a spreadsheet takes it neither for a formula nor for a number:
 * an apostrophe or a tab before it, `="…"` around it, a second pair of quotation marks.
 */
export function readCell(cell: string): string {
  let text = cell.trim()
  for (;;) {
    const inner = innerText(text).trim()
    if (inner === text) return text
    text = inner
  }
}

function innerText(text: string): string {
  const [, quoted] = /^=?\s*"([^"]*)"$/.exec(text) ?? /^'([^']*)'$/.exec(text) ?? []
  return quoted ?? text.replace(/^['\u2018\u2019](?=[=+\-@(\d\uFF1D\uFF0B\uFF0D\uFF20])/, '')
}
