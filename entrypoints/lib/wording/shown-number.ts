import { type DisplayNumber, formatNumber } from '../../../shared/number/format.ts'
import { isSameNumber } from '../../../shared/number/key.ts'
import { maskNumber } from '../../../shared/number/mask.ts'

export interface NumberReader {
  /** Country (ISO 3166) whose number format the reader types. */
  readonly country: string
  /** Whether the last digits are hidden. */
  readonly isMasking: boolean
}

/** A number as it may be shown; `undefined` when it is withheld. A short extension stays readable. */
export function formatShownNumber(
  raw: string | undefined,
  { country, isMasking }: NumberReader,
): DisplayNumber | undefined {
  const number = formatNumber(raw, country)
  if (!isMasking || number?.kind !== 'number') return number
  return { kind: 'number', text: maskNumber(number.text) }
}

/** A name as somebody may see it: the platform gives the number itself as a name where it knows no other. */
export function formatShownName<Name extends string | undefined>(
  name: Name,
  raw: string | undefined,
  { country, isMasking }: NumberReader,
): Name | string {
  if (!isMasking || name === undefined || !isSameNumber(name, raw, country)) return name
  return maskNumber(name)
}
