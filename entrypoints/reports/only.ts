import { unreachable } from '../../shared/assert.ts'
import { isToReturn } from '../../shared/call/missed.ts'
import { type FigureName, isCounted, timeField } from '../../shared/metrics/figures.ts'
import type { Returned } from '../../shared/metrics/returned.ts'
import { isOffered } from '../../shared/metrics/tally.ts'
import type { ReportCall } from './report-call.ts'
import type { Result } from './result.ts'

/** Which calls of the range a figure is made of: what is behind it when somebody opens it. */
export type Only =
  | Part
  /** 0 to 23, of any day; of its calls those that are `of` something, where that is said. */
  | { readonly kind: 'hour'; readonly hour: number; readonly of?: Part }
  | { readonly kind: 'number'; readonly numberKey: string; readonly of?: Part }

/** A share of whatever calls there are. */
export type Part =
  | { readonly kind: 'count'; readonly name: CountName; readonly limitMs?: number }
  | { readonly kind: 'result'; readonly result: Result }
  /** Calls that count for a time; those above a moment of it and up to another, where they are said. */
  | { readonly kind: 'time'; readonly name: FigureName; readonly fromMs?: number; readonly toMs?: number | undefined }

export type CountName = 'answered' | 'missed' | 'other' | 'notReturned' | 'within' | 'offered' | 'estimates'

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
    case 'result':
      return ({ result }) => result === only.result
    case 'time': {
      const { name, fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY } = only
      return ({ row }) => {
        const ms = row[timeField(name)]
        return ms !== undefined && isCounted(name, row) && ms > fromMs && ms <= toMs
      }
    }
    case 'hour': {
      const isPart = createOnly(only.of, context)
      return (call) => call.hour === only.hour && isPart(call)
    }
    case 'number': {
      const isPart = createOnly(only.of, context)
      return (call) => call.row.numberKey === only.numberKey && isPart(call)
    }
    default:
      return unreachable(only)
  }
}

/** The time that the calls are chosen by. */
export function timeOf(only: Only | undefined): FigureName | undefined {
  if (only === undefined) return undefined
  if (only.kind === 'hour' || only.kind === 'number') return timeOf(only.of)
  return only.kind === 'time' ? only.name : undefined
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
    case 'offered':
      return ({ row }) => isOffered(row)
    case 'estimates':
      return ({ row }) => row.isEstimate
    default:
      return unreachable(name)
  }
}
