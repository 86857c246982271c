import type { Clock } from '../../../shared/clock.ts'
import type { CrmAnswer } from '../../../shared/protocol/http/crm.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import type { CrmReport } from '../../lib/contract/crm.ts'
import type { CrmClient } from './crm-client.ts'

/** Which CRM the relay has, and how the connection to it stands, as the relay said last. */
export interface CrmStanding {
  /** `undefined`: there is none, or nobody knows yet. */
  current(): CrmAnswer | undefined
  /** Whether it has one; `undefined` until the relay has said so. */
  hasCrm(): boolean | undefined
  /** Asks when what is known is old; resolves when it is as good as it gets. */
  refresh(): Promise<void>
  /** Asks now. */
  ask(): Promise<CrmReport>
}

/** An administrator connects a CRM once; who is signed in meanwhile hears of it by then. */
export const STANDING_LIFE_MS = 5 * MINUTE_MS
/** After no answer. */
export const STANDING_RETRY_MS = 30 * SECOND_MS

export function createCrmStanding(client: Pick<CrmClient, 'standing'>, clock: Pick<Clock, 'nowMs'>): CrmStanding {
  let known: CrmAnswer | undefined
  let isTold = false
  let freshUntilMs = Number.NEGATIVE_INFINITY
  let asking: Promise<CrmReport> | undefined

  async function send(): Promise<CrmReport> {
    const report = await client.standing()
    const isAway = report.kind === 'away' || report.kind === 'refused'
    freshUntilMs = clock.nowMs() + (isAway ? STANDING_RETRY_MS : STANDING_LIFE_MS)
    // While the relay does not answer, what it said before is as true as anything.
    isTold ||= !isAway
    if (!isAway) known = report.kind === 'given' && report.crm.isOn ? report.crm : undefined
    return report
  }

  function ask(): Promise<CrmReport> {
    asking ??= send().finally(() => {
      asking = undefined
    })
    return asking
  }

  return {
    current: () => known,
    hasCrm: () => (isTold ? known !== undefined : undefined),
    refresh: async () => {
      if (clock.nowMs() >= freshUntilMs) await ask()
    },
    ask,
  }
}
