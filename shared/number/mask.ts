/** Digits at the end of a number that are masked: what remains tells where it is from. */
const MASKED_DIGITS = 4

/** A formatted number without its last four digits, `(408) 555-••••`; a short extension, which says nothing of anybody outside, as it is. */
export function maskNumber(text: string): string {
  const digits = text.match(/\d/g)?.length ?? 0
  if (digits <= 6) return text
  let seen = 0
  return text.replace(/\d/g, (digit) => (++seen > digits - MASKED_DIGITS ? '•' : digit))
}
