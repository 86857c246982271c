import { createLiveAccount } from '../../../shared/live/account.ts'
import { createHands } from '../../../shared/live/hands.ts'
import { selectStanding } from '../../../shared/live/standing.ts'
import { readTotals } from '../../../shared/live/told-totals.ts'
import type { QueueLive } from '../../../shared/live/types.ts'
import { selectKindOfType } from '../../../shared/protocol/extension-kind.ts'
import type { BoardAnswer } from '../../../shared/protocol/http/board.ts'
import type { ExtensionRow, RuleNotice } from './contract.ts'
import type { FeedRecord } from './records.ts'
import { createRuleNotices } from './rule-notices.ts'

/**
 * The account as the board shows it: the snapshot's totals and events, and what the stream brings since. What is different is
 * worked out when it is asked for, which is once a frame.
 */
export interface AccountFold {
  /** Takes in histories whose outcome is in the totals already; what is tied together comes together. */
  restore(records: readonly FeedRecord[], nowMs: number): void
  take(record: FeedRecord): void
  tracks(telephonySessionId: string): boolean
  /** The sessions that one which has left was tied to, itself among them. */
  tiedTo(telephonySessionId: string): readonly string[]
  /** Sessions that a party went to and that are not here, each told once. */
  takeUnseen(): readonly string[]
  /** Rows that are different from when this was last asked, at first all. `nowMs`: the platform's clock. */
  takeChanges(nowMs: number): AccountChanges
  /** Lets go of what is over. Answers with the sessions that have left. */
  forget(nowMs: number): readonly string[]
}

export interface AccountChanges {
  readonly extensions: readonly ExtensionRow[]
  readonly queues: readonly QueueLive[]
  /** All there are, when they are others. */
  readonly notices: readonly RuleNotice[] | undefined
}

export function createAccountFold({ today, people, queues }: BoardAnswer): AccountFold {
  const kindOf = (id: string) => (Object.hasOwn(queues, id) ? 'queue' : selectKindOfType(people[id]?.type))
  const account = createLiveAccount({
    sinceMs: Date.parse(today.since),
    isQueueId: (id) => kindOf(id) === 'queue',
  })
  account.load(readTotals(today))
  const hands = createHands()
  const notices = createRuleNotices()
  /** By extension when its wrap-up is over: no event tells of that. */
  const wrapUpUntil = new Map<string, number>()
  // Whoever has had no call yet has a row as well, from the beginning.
  let dirty = new Set(listPeople({ people, queues }))
  let dirtyQueues = new Set(Object.keys(queues))

  /** A menu that a call goes through has a part in it and no row. */
  function mayBePerson(extensionId: string): boolean {
    const kind = kindOf(extensionId)
    return kind === undefined || kind === 'person'
  }

  function describe(extensionId: string, nowMs: number): ExtensionRow {
    const live = account.extension(extensionId)
    const standing = selectStanding(live, nowMs, (queueId) => queues[queueId]?.wrapUpSeconds)
    if (standing.untilMs === undefined) wrapUpUntil.delete(extensionId)
    else wrapUpUntil.set(extensionId, standing.untilMs)
    return { ...live, standing, handSinceMs: hands.raisedSince(extensionId, live.calls) }
  }

  /** What is no part of the calls themselves. */
  function takeBeside({ desk, act, position, receivedMs }: FeedRecord): void {
    if (act !== undefined) notices.take(act, receivedMs)
    if (desk !== undefined && hands.take(desk, position, receivedMs)) dirty.add(desk.from)
  }

  return {
    restore(records, nowMs) {
      for (const record of records) takeBeside(record)
      account.restore(
        records.flatMap(({ call }) => call ?? []),
        nowMs,
      )
    },
    take(record) {
      takeBeside(record)
      if (record.call !== undefined) account.take(record.call)
    },
    tracks: account.tracks,
    tiedTo: account.tiedTo,
    takeUnseen: account.takeUnseen,
    takeChanges(nowMs) {
      const changes = account.takeChanges()
      for (const [id, untilMs] of wrapUpUntil) if (untilMs <= nowMs) dirty.add(id)
      const ids = new Set([...dirty, ...[...changes.extensionIds].filter(mayBePerson)])
      const queueIds = new Set([...dirtyQueues, ...changes.queueIds])
      dirty = new Set()
      dirtyQueues = new Set()
      return {
        extensions: [...ids].map((id) => describe(id, nowMs)),
        queues: [...queueIds].map((id) => account.queue(id)),
        notices: notices.takeChanged(),
      }
    },
    forget(nowMs) {
      const gone = account.forget(nowMs)
      hands.forget(gone)
      notices.forget(gone, nowMs)
      return gone
    },
  }
}

/** Those who have a phone that rings: neither queues nor menus. */
function listPeople({ people, queues }: Pick<BoardAnswer, 'people' | 'queues'>): readonly string[] {
  const users = Object.keys(people).filter((id) => people[id]?.type === 'User')
  return [...users, ...Object.values(queues).flatMap(({ members }) => members)]
}
