import type { AlertApart, CardCall, RuleAlert } from '../lib/contract/card-call.ts'

/** An announcement about a call, for screen readers. */
export interface Announced {
  readonly what: 'ringing' | 'ended' | 'whisper'
  readonly call: CardCall
}

/** The calls as of the last look, each with whether it was over and its whispers. */
export type Heard = ReadonlyMap<string, Pick<CardCall, 'whispers'> & { readonly isOver: boolean }>

export function hear(calls: readonly CardCall[]): Heard {
  return new Map(
    calls.map(({ telephonySessionId, phase, whispers }) => [
      telephonySessionId,
      { isOver: phase === 'ended', whispers },
    ]),
  )
}

/** What is announced of an alert that was not there before; of several, the one on top. */
export function selectNewAlert(before: ReadonlySet<string>, shown: ShownAlerts): string | undefined {
  return listAlerts(shown).find(({ key }) => !before.has(key))?.text
}

/** Alerts of the calls, and those of calls of others. */
export interface ShownAlerts {
  readonly calls: readonly CardCall[]
  readonly alerts: readonly AlertApart[]
}

/** Each with what tells it from the others: the same whether its call has become the person's meanwhile or not. */
export function listAlerts({ calls, alerts }: ShownAlerts): readonly { readonly key: string; readonly text: string }[] {
  const keyOf = ({ rule, text }: RuleAlert) => `${rule}: ${text}`
  return [
    ...alerts.map((alert) => ({ key: keyOf(alert), text: `${alert.text}, ${alert.caller}` })),
    ...calls.flatMap(({ ruleAlerts = [] }) => ruleAlerts.map((alert) => ({ key: keyOf(alert), text: alert.text }))),
  ]
}

/**
 * The one change since then that is worth announcing: a call that rings, a call that has ended, a whisper. Of several, the
 * one on top. A call that had ended before it was first seen is not announced.
 */
export function selectAnnounced(before: Heard, calls: readonly CardCall[]): Announced | undefined {
  const announced = calls.flatMap((call): readonly Announced[] => {
    const heard = before.get(call.telephonySessionId)
    if (call.phase === 'ringing' && heard?.isOver !== false) return [{ what: 'ringing', call }]
    if (call.phase === 'ended') return heard?.isOver === false ? [{ what: 'ended', call }] : []
    return isNewLine(heard?.whispers ?? [], call.whispers) ? [{ what: 'whisper', call }] : []
  })
  return announced[0]
}

/** Of many lines the first go, so that their number alone does not tell. */
function isNewLine(before: CardCall['whispers'], now: CardCall['whispers']): boolean {
  const latest = now.at(-1)
  return latest !== undefined && latest.receivedMs !== before.at(-1)?.receivedMs
}
