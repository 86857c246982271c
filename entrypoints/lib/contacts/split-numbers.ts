/**
 * The numbers of one cell. Google writes `:::` between them, people a line break, a bar, a semicolon or a comma; what comes
 * behind a comma or semicolon is a number of its own only if it is long enough not to be an extension.
 */
export function splitNumbers(cell: string): readonly string[] {
  return cell
    .split(/:::|[\n|]|[,;](?=\s*(?:\+|(?:[\s()./-]*\d){7}))/)
    .map((number) => number.replace(/\s+/g, ' ').trim())
    .filter((number) => number !== '')
}
