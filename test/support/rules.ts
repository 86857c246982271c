import { numberKey } from '../../shared/number/key.ts'
import { readNumber } from '../../shared/rules/match-number.ts'
import type { Act, NumberPattern, Rule, RuleBook, TimeWindow } from '../../shared/rules/rule.ts'
import { WEEKDAYS } from '../../shared/rules/rule.ts'
import type { RuledLeg } from '../../shared/rules/ruled-leg.ts'

/** Rules as they are compiled, for tests of what is made of them. */

export const FORWARD: Act = { kind: 'forward', to: { extensionId: '200009' } }
export const TRANSFER: Act = { kind: 'transfer', to: { extensionNumber: '109' } }
export const REPLY: Act = { kind: 'reply', text: 'We call you back.' }
export const ALERT: Act = { kind: 'alert', to: 'watchers', text: 'An important customer' }
export const SUPERVISE: Act = { kind: 'supervise', deviceId: '700', channels: 1 }

/** A rule that forwards every call, with these fields in place of the usual ones. */
export function buildRule(fields: Partial<Rule> = {}): Rule {
  return { name: 'rule', when: {}, acts: [FORWARD], goOn: false, isDry: false, ...fields }
}

export function buildBook(rules: readonly Rule[], timeZone = 'UTC'): RuleBook {
  return { timeZone, rules }
}

export function numberPattern(number: string): NumberPattern {
  return { kind: 'number', key: numberKey(number, 'US').key ?? '' }
}

export function listPattern(numbers: readonly string[], prefixes: readonly string[] = []): NumberPattern {
  const keys = new Set(numbers.flatMap((number) => numberKey(number, 'US').key ?? []))
  return { kind: 'list', list: { name: 'list', keys, prefixes } }
}

/** `08:30` to `18:00`, on all days unless told otherwise. */
export function buildWindow(from: string, to: string, days: TimeWindow['days'] = new Set(WEEKDAYS)): TimeWindow {
  return { days, fromMinute: minuteOf(from), toMinute: minuteOf(to) }
}

function minuteOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}

/** Somebody's phone that has rung since {@link RINGS_SINCE_MS}, with these fields in place of the usual ones. */
export function buildLeg(
  fields: Partial<Omit<RuledLeg, 'callerKey' | 'calledKey'>> & { readonly called?: string } = {},
): RuledLeg {
  const { called = '+18005550100', ...rest } = fields
  const caller = 'caller' in rest ? rest.caller : '+14085550123'
  return {
    telephonySessionId: 's-1',
    partyId: 'p-2',
    ownerId: '200001',
    phase: 'rings',
    ringSinceMs: RINGS_SINCE_MS,
    connectedMs: undefined,
    queueId: undefined,
    ...rest,
    caller,
    callerKey: readNumber(caller),
    calledKey: readNumber(called),
  }
}

/** A Monday, 10:00 in UTC. */
export const RINGS_SINCE_MS = Date.UTC(2026, 2, 2, 10)
