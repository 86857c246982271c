import type { CallRow } from '../../lib/store/schema.ts'
import type { UserActions } from '../actions/user-actions.ts'
import type { Alerts } from '../alerts/alerts.ts'
import type { RuleAlerts } from '../alerts/rule-alerts.ts'
import type { UserCalls } from '../calls/user-calls.ts'
import type { Matches } from '../crm/matches.ts'
import type { UserCrm } from '../crm-record/user-crm.ts'

export interface RefreshSteps {
  readonly calls: Pick<UserCalls, 'active' | 'scheduleExpiry'>
  readonly matches: Pick<Matches, 'refresh'>
  readonly actions: Pick<UserActions, 'refresh' | 'prepare'>
  readonly alerts: Pick<Alerts, 'refresh'>
  readonly ruleAlerts: Pick<RuleAlerts, 'refresh'>
  readonly crm: Pick<UserCrm, 'refresh'>
  /** Calls on cards. */
  readonly shown: () => readonly CallRow[]
  readonly draw: () => void
}

/** The parts of a user follow their calls, after each change of these. Each step counts on those before it. */
export function refresh({ calls, matches, actions, alerts, ruleAlerts, crm, shown, draw }: RefreshSteps): void {
  // Records of callers who are on no card any more are forgotten, so that a card is drawn with those of its own.
  matches.refresh()
  // What was asked for and has happened must not be drawn as pending.
  actions.refresh(calls.active())
  // Now, before everything that can wait: a phone is ringing.
  draw()
  // A notification is for a user who did not see the card. This draws again where a hold has become too long.
  alerts.refresh()
  ruleAlerts.refresh()
  // Asks the relay for phones: the card has buttons without them as well.
  actions.prepare(calls.active())
  // And for what the CRM knows of them.
  crm.refresh(shown())
  // Timers last: by now the rows are as they stay until the next change.
  calls.scheduleExpiry()
}
