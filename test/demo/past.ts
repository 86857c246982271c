import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts'
import type { EndpointPlan } from '../bench/tracker/call-plan.ts'
import { CONTACTS } from '../crm/contacts.ts'
import { COLLEAGUES } from '../platform/people.ts'
import { rewriteTexts } from '../platform/scenarios/rewrite.ts'
import { planYear, tellCalls } from '../year/year.ts'

/** What an agent of the demo has behind them: three weeks of calls, with the people of the sample CRM and some more. */

export const PAST_DAYS = 21
const CALLS = 240
/** A full day, as far as it has gone. */
const CALLS_TODAY = 40
const SEED = 7
/** What went on until just now would be in the way of the calls that are placed. */
const QUIET_MS = 10 * MINUTE_MS

const OTHERS: readonly EndpointPlan[] = [
  { name: 'Tomas Berg', phoneNumber: '+14085550131' },
  { name: 'Lucia Ferrante', phoneNumber: '+12065550152' },
  { name: 'Marsh Street Cycles', phoneNumber: '+14085550139' },
  { name: 'Yusuf Demir', phoneNumber: '+12065550158' },
  { name: 'Hannah Price', phoneNumber: '+14085550144' },
  { phoneNumber: '+12065550163' },
  { name: 'Bayview Deliveries', phoneNumber: '+14085550151' },
  { phoneNumber: '+14085550157' },
]
/** Whoever comes first calls most; Ada Winter, who will call, a dozen times. */
const CUSTOMERS: readonly EndpointPlan[] = [
  ...OTHERS,
  ...CONTACTS.map(({ name, phone }): EndpointPlan => ({ name, phoneNumber: phone })).reverse(),
]

/** The notifications of these calls, by their time, as `extensionId` has had them until `nowMs`. */
export function tellPast(extensionId: string, nowMs: number): readonly object[] {
  const todayMs = new Date(nowMs).setHours(0, 0, 0, 0)
  const common = { extensionId, customers: CUSTOMERS }
  const plans = [
    ...planYear({ ...common, seed: SEED, calls: CALLS, fromMs: todayMs - PAST_DAYS * DAY_MS, days: PAST_DAYS }),
    ...planYear({ ...common, seed: SEED + 1, calls: CALLS_TODAY, fromMs: todayMs, days: 1 }),
  ].filter(({ startsAtMs }) => startsAtMs < nowMs - HOUR_MS - QUIET_MS)
  return tellCalls(plans).map((event) => rewriteTexts(event, nameColleague))
}

const NAMES = new Map(COLLEAGUES.map(({ extensionNumber, name }) => [`Agent ${extensionNumber}`, name]))

function nameColleague(text: string): string {
  return NAMES.get(text) ?? text
}
