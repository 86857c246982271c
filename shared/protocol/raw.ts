import { parseInstant } from '../time.ts'

/**
 * Reading values of unknown shape. A reader answers `undefined` for what is not of the usual kind: whether that matters is for
 * those who know the field.
 */

/** What was wrong with something that could not be decoded: where, what it should have been, and what it was. */
export interface Fault {
  readonly path: string
  readonly expected: string
  readonly got: string
}

/** Says a {@link Fault} in one sentence. */
export function describeFault({ path, expected, got }: Fault): string {
  return `${path} should be ${expected}, but is ${got}`
}

/** A fault that names the kind of the value, never its content: it goes to logs, and payloads carry names and numbers. */
export function faultAt(path: string, expected: string, value: unknown): Fault {
  return { path, expected, got: describeKind(value) }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function decodeText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Ids are opaque strings; presence and some older payloads write the same ids as numbers. */
export function decodeId(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : decodeText(value)
}

export function decodeCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined
}

export function decodeInstant(value: unknown): number | undefined {
  return typeof value === 'string' ? parseInstant(value) : undefined
}

function describeKind(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (value === '') return 'empty'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
