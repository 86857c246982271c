import type { Place } from './fault.ts'

/** Finds the line and column of an offset in a text. A line ends with LF, CR LF or CR. */
export function createPlaces(text: string): (offset: number) => Place {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), ({ 0: end, index }) => index + end.length)]
  return (offset) => {
    let line = 1
    // There may be as many faults as lines: halving keeps that quick.
    for (let end = starts.length; line < end; ) {
      const middle = Math.ceil((line + end) / 2)
      if ((starts[middle - 1] ?? 0) <= offset) line = middle
      else end = middle - 1
    }
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 }
  }
}
