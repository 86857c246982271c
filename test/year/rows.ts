import type { CallRow } from '../../entrypoints/lib/store/schema.ts'
import { describeImported } from '../../entrypoints/reports/files/imported-calls.ts'
import type { CallPlan } from '../bench/tracker/call-plan.ts'
import { decode } from '../support/notification.ts'
import { trackAll } from '../support/track-all.ts'
import { tellCalls } from './year.ts'

/** Invented calls as a person has them in the list, by their start: what their events add up to. */
export function listRows(plans: readonly CallPlan[], extensionId: string): readonly CallRow[] {
  return plans.flatMap((plan) => {
    const tracked = trackAll(plan.telephonySessionId, tellCalls([plan]).map(decode))
    return describeImported([tracked], { extensionId, country: 'US', isComplete: true })
  })
}
