import type { Rule } from '../../../shared/rules/rule.ts'
import { isMove } from '../../../shared/rules/taken-acts.ts'
import type { ComplainAt } from './compile-rule.ts'

/** Finds what makes a rule of which each part is right hold never, or do what nobody can want. */
export function findContradictions(rule: Rule, complain: ComplainAt): void {
  const { caller, extensionIds, callsToday = 1, times = [] } = rule.when
  if (callsToday > 1 && caller?.every(({ kind }) => kind === 'withheld')) {
    complain(
      ['when', 'callsToday'],
      "should not stand beside callers who are all withheld: their calls can't be counted",
    )
  }
  for (const [index, { fromMinute, toMinute }] of times.entries()) {
    if (fromMinute === toMinute) {
      complain(['when', 'times', index], 'should have two different times: a whole day is from 00:00 to 24:00')
    }
  }
  const moving = [...rule.acts.entries()].filter(([, act]) => isMove(act.kind))
  for (const [index] of moving.slice(1)) {
    complain(
      ['do', index],
      'should not be the second act that moves the call: a rule has one forward, transfer or reply',
    )
  }
  for (const [index, act] of moving) {
    if (act.kind === 'forward' && 'extensionId' in act.to && extensionIds?.has(act.to.extensionId)) {
      complain(['do', index], 'should forward to another extension than one of "extensions", whose phone rings already')
    }
  }
}
