import type { EventLog } from '../../relay/log/event-log.ts'
import type { ActOrder, CarryOut } from '../../relay/routing/act-order.ts'
import { describeAct } from '../../relay/routing/acts/request-of.ts'
import { actEvent } from '../../relay/wire/act-record.ts'
import type { ActRecord } from '../../shared/protocol/act.ts'

/** What RingCentral answers, or `crash`: the relay ends before it does. */
export type Answer =
  | Pick<Extract<ActRecord, { step: 'answered' }>, 'outcome' | 'status' | 'words' | 'retryAfterMs'>
  | 'crash'

/** Carries orders out as the relay does, with answers that a test decides, and keeps what was asked. */
export function carryOutInLog(
  log: Pick<EventLog, 'append'>,
  nowMs: () => number,
  answer: (order: ActOrder) => Answer | Promise<Answer> = () => ({ outcome: 'done' }),
): { readonly carryOut: CarryOut; readonly orders: ActOrder[] } {
  const orders: ActOrder[] = []
  return {
    orders,
    async carryOut(order) {
      const { actId, telephonySessionId, partyId, rule, act, caller } = order
      const common = {
        actId,
        telephonySessionId,
        partyId,
        by: { rule },
        ...describeAct(act),
        ...(caller && { caller }),
      }
      const intended = actEvent({ step: 'intended', ...common }, { receivedAtMs: nowMs(), isFirst: true })
      const { isNew } = await log.append(intended)
      if (!isNew) return
      orders.push(order)
      const answered = await answer(order)
      if (answered === 'crash') return
      await log.append(
        actEvent({ step: 'answered', ...common, ...answered }, { receivedAtMs: nowMs(), isFirst: false }),
      )
    },
  }
}
