import { unreachable } from '../../shared/assert.ts'
import { isToReturn } from '../../shared/call/missed.ts'
import { type FigureName, timeField } from '../../shared/metrics/figures.ts'
import type { Returned } from '../../shared/metrics/returned.ts'
import type { ReportCall } from './report-call.ts'

/** Which calls of the range a figure is made of: what is behind it when somebody opens it. */
export type Only =
  | { readonly kind: 'count'; readonly name: CountName; readonly limitMs?: number }
  /** Calls in which there was such a time; between two moments of it, where a bar says so: above the first, up to the second. */
  | { readonly kind: 'time'; readonly name: FigureName; readonly fromMs?: number; readonly toMs?: number | undefined }
  /** 0 to 23, of any day. */
  | { readonly kind: 'hour'; readonly hour: number }
  | { readonly kind: 'number'; readonly numberKey: string }

export type CountName = 'answered' | 'missed' | 'other' | 'notReturned' | 'within'

export interface OnlyContext {
  /** The missed ones that were returned, by `telephonySessionId`. */
  readonly returned: ReadonlyMap<string, Returned>
  /** Whether callers who reached the voicemail count as to be called back. */
  readonly withVoicemails: boolean
  /** "Answered within": within how long. */
  readonly goalMs: number
}

/** Whether a call is one of those. */
export function createOnly(only: Only | undefined, context: OnlyContext): (call: ReportCall) => boolean {
  if (only === undefined) return () => true
  switch (only.kind) {
    case 'count':
      return createCount(only.name, { ...context, goalMs: only.limitMs ?? context.goalMs })
    case 'time': {
      const { name, fromMs = 0, toMs = Number.POSITIVE_INFINITY } = only
      return ({ row }) => {
        const ms = row[timeField(name)]
        return ms !== undefined && ms > fromMs && ms <= toMs
      }
    }
    case 'hour':
      return ({ hour }) => hour === only.hour
    case 'number':
      return ({ row }) => row.numberKey === only.numberKey
    default:
      return unreachable(only)
  }
}

function createCount(
  name: CountName,
  { returned, withVoicemails, goalMs }: OnlyContext,
): (call: ReportCall) => boolean {
  switch (name) {
    case 'answered':
    case 'missed':
      return ({ result }) => result === name
    case 'other':
      return ({ result }) => result !== 'answered' && result !== 'missed'
    case 'notReturned':
      return ({ row }) => isToReturn(row, withVoicemails) && !returned.has(row.telephonySessionId)
    case 'within':
      return ({ row, result }) => row.direction === 'Inbound' && result === 'answered' && row.ringMs <= goalMs
    default:
      return unreachable(name)
  }
}
