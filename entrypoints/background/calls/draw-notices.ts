import type { CardCall } from '../../lib/contract/card-call.ts'
import type { CallRow, StoredRuleNotice } from '../../lib/store/schema.ts'

/** What a card says of the rules that had to do with a call. `notices`: the latest last. */
export function drawNotices(
  { phase }: CallRow,
  notices: readonly StoredRuleNotice[],
): Pick<CardCall, 'sentByRule' | 'movedByRule' | 'ruleAlerts'> {
  const sent = notices.findLast(({ kind }) => kind === 'sent')
  // What came back rings again, and another rule may have sent it.
  const latest = notices.findLast(({ kind }) => kind !== 'alert')
  const moved = phase === 'ended' && latest?.kind === 'moved' ? latest : undefined
  const alerts = phase === 'ended' ? [] : notices.filter(({ kind }) => kind === 'alert')
  return {
    ...(sent === undefined ? {} : { sentByRule: sent.rule }),
    ...(moved === undefined ? {} : { movedByRule: moved.rule }),
    ...(alerts.length === 0 ? {} : { ruleAlerts: alerts.map(({ rule, text = '' }) => ({ rule, text })) }),
  }
}
