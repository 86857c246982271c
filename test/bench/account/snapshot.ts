import { writeBoard } from '../../../relay/calls/board.ts'
import { createLiveAccount } from '../../../shared/live/account.ts'
import { readTotals } from '../../../shared/live/told-totals.ts'
import type { BoardAnswer } from '../../../shared/protocol/http/board.ts'
import { decodeNotification } from '../../../shared/protocol/notification.ts'
import { type FullAccount, LIVE_CALLS } from './full-account.ts'

interface Times {
  readonly oursMs: number
  readonly floorMs: number
}

const WATCHES_ALL = { extensions: 'all', queues: 'all' } as const
const INES = {
  accountId: '400100',
  extensionId: '400101',
  name: 'Ines Moreau',
  role: 'supervisor',
  watches: WATCHES_ALL,
} as const

/** The floor writes the same as JSON from objects that are there. */
export function writeSnapshot(full: FullAccount, isFloorFirst: boolean): Times & { readonly text: string } {
  const write = (): string => {
    const { directory } = full
    const view = { kind: 'account', extensionId: INES.extensionId } as const
    const facts = { now: full.now(), directory, user: INES, view, epoch: 'epoch', nowMs: full.nowMs() }
    return [...writeBoard(facts)].join('')
  }
  const object: unknown = JSON.parse(write())
  const floor = () => JSON.stringify(object)
  const floorFirstMs = isFloorFirst ? time(floor).ms : undefined
  const { ms, result: text } = time(write)
  return { text, oursMs: ms, floorMs: floorFirstMs ?? time(floor).ms }
}

/** The floor parses the same JSON, and does nothing with it. */
export function readSnapshot(text: string, full: FullAccount, isFloorFirst: boolean): Times {
  const floor = (): unknown => JSON.parse(text)
  const floorFirstMs = isFloorFirst ? time(floor).ms : undefined
  const { ms, result: rows } = time(() => readRows(text, full))
  if (rows < LIVE_CALLS) throw new Error(`B12 does not count: a board should have ${LIVE_CALLS} rows, but has ${rows}.`)
  return { oursMs: ms, floorMs: floorFirstMs ?? time(floor).ms }
}

/** A board's account right after it has read a snapshot. */
export function openBoard(text: string, { isQueueId, nowMs }: FullAccount) {
  const answer = JSON.parse(text) as BoardAnswer
  const account = createLiveAccount({ sinceMs: Date.parse(answer.today.since), isQueueId })
  account.load(readTotals(answer.today))
  const told = answer.events.map(({ notification }) => decodeNotification(notification))
  account.restore(
    told.filter((decoded) => decoded.kind === 'telephony'),
    nowMs(),
  )
  return account
}

function readRows(text: string, full: FullAccount): number {
  const account = openBoard(text, full)
  const ids = account.listExtensions()
  for (const id of ids) account.extension(id)
  for (const id of account.listQueues()) account.queue(id)
  return ids.length
}

/** In ms of this thread's work: all of it is done in one go, and what else the machine does is not ours. */
export function time<Result>(work: () => Result): { readonly ms: number; readonly result: Result } {
  const began = process.threadCpuUsage()
  const result = work()
  const { user, system } = process.threadCpuUsage(began)
  return { ms: (user + system) / 1000, result }
}
