/** A text with the digits of every script written as those of keyboards. */
export function plainDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => String(countOf(digit)))
}

/** What a digit counts: in each script the ten stand in a row. */
function countOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let count = 0
  while (count < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - count - 1))) count++
  return count
}
