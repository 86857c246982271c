/** A text with the digits of every script written as those of keyboards. */
export function plainDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => String(countOf(digit)))
}

/** What a digit counts: each ten stand in a row from 0 on, and several tens may stand one behind the other. */
function countOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let before = 0
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before++
  return before % 10
}
