import { i18n } from '#i18n'
import type { EarlierCall, KnownCaller } from '../lib/caller/known-caller.ts'
import { formatClock } from '../lib/wording/format.ts'
import { nameState } from '../lib/wording/labels.ts'
import { formatEarlier, formatEarlierDay } from './format-earlier.ts'

const BETWEEN = ' · '

/**
 * How often somebody called and what came of the last time, in a few words: `12th call · last Tue · 4:12 · with Sam`. `undefined` for
 * somebody who calls for the first time.
 */
export function describeCalls({ calls, lastCalls }: KnownCaller, nowMs: number, language: string): string | undefined {
  const [last] = lastCalls
  if (last === undefined) return undefined
  const form = NTH[new Intl.PluralRules(language, { type: 'ordinal' }).select(calls)]
  const nth = i18n.t(`known.nth.${form}`, [String(calls)])
  const day = i18n.t('known.last', [formatEarlierDay(last.startedMs, nowMs, language)])
  return [nth, day, ...describeOutcome(last)].join(BETWEEN)
}

/** An earlier call on a line: when it was, and what came of it. */
export function describeEarlier(call: EarlierCall, nowMs: number, language: string): string {
  return [formatEarlier(call.startedMs, nowMs, language), ...describeOutcome(call)].join(BETWEEN)
}

/** The talk time says more than that it was answered, and who took it more than that somebody did. */
function describeOutcome({ direction, outcome, talkMs, takenBy }: EarlierCall): readonly string[] {
  const by = takenBy === undefined ? [] : [i18n.t('known.with', [takenBy])]
  if (talkMs > 0) return [formatClock(talkMs), ...by]
  if (by.length > 0 || outcome === undefined) return by
  return [nameState({ direction, phase: 'ended', outcome })]
}

/** The forms that ordinals have in the languages there are. */
const NTH: Readonly<Record<Intl.LDMLPluralRule, 'one' | 'two' | 'few' | 'other'>> = {
  zero: 'other',
  one: 'one',
  two: 'two',
  few: 'few',
  many: 'other',
  other: 'other',
}
