/** A function of the source, from its first line to its last. */
export interface FunctionLength {
  /** Its first line as it is written, without indentation. */
  readonly head: string
  /** Counted from 1. */
  readonly line: number
  readonly lines: number
}

/** A line that ends with the beginning of a function's body, or of another block with a head in round brackets. */
const OPENS = /(?:=> [{([]+|\)(?:: .+)? \{)$/
const CLOSES = /^[\])}]/

/**
 * How long the functions in a source are. It must be formatted: what a line opens is closed by the next line that is indented
 * as far. Blocks such as those of an `if` are listed too; none is longer than the function that it is in.
 */
export function measureFunctions(source: string): readonly FunctionLength[] {
  const lines = source.split('\n')
  const found = lines.flatMap((line, open) => {
    if (!OPENS.test(line)) return []
    const isLevel = (other: string): boolean => other !== '' && indentOf(other) === indentOf(line)
    const close = lines.findIndex((other, at) => at > open && isLevel(other) && CLOSES.test(other.trimStart()))
    if (close === -1) return []
    // Parameters on lines of their own: the function begins where their bracket was opened.
    const isTail = CLOSES.test(line.trimStart())
    const start = isTail ? lines.findLastIndex((other, at) => at < open && isLevel(other) && !isClosing(other)) : open
    return { head: (lines[start] ?? '').trim(), line: start + 1, lines: close - start + 1 }
  })
  return found
}

function isClosing(line: string): boolean {
  return CLOSES.test(line.trimStart())
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
