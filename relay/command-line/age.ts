import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts'

const UNITS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS }

/** `24h` in ms; `undefined` for what is no number of minutes, hours or days. */
export function parseAge(text = ''): number | undefined {
  const [, count, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? []
  return count === undefined ? undefined : Number(count) * (UNITS[unit] ?? 0)
}

export const AGE_FAULT = '--since should be followed by minutes, hours or days: 30m, 24h, 7d.'
