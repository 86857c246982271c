import { isAlike } from './alike.ts'
import type { ExtensionCalls } from './extension-calls.ts'
import type { Group } from './group.ts'
import type { GroupFacts, QueueCalls } from './group-facts.ts'
import type { QueueVisit } from './queue-visit.ts'
import type { Totals } from './totals.ts'
import {
  EXTENSION_STATES,
  type ExtensionLive,
  type LiveCall,
  type LiveChanges,
  type OnPhone,
  type QueueLive,
  type WaitingCaller,
} from './types.ts'

/** What a board has a row for, put together from what each group of sessions tells; a row is made when it is read. */
export interface Rows {
  /** Sets the facts of a group. A row is new only when its facts differ from before. */
  set(group: Group, facts: GroupFacts): void
  remove(group: Group): void
  /** Whether the group was last set to these facts. */
  shows(group: Group, facts: GroupFacts): boolean
  /** Marks every row that these facts are about as changed. */
  note(facts: GroupFacts): void
  /** Marks an extension's row as changed, for something that no group's facts contain. */
  noteExtension(extensionId: string): void
  /** Marks every row as changed. */
  noteAll(): void
  takeChanges(): LiveChanges
  extension(extensionId: string): ExtensionLive
  queue(queueId: string): QueueLive
  listExtensions(): readonly string[]
  listQueues(): readonly string[]
}

export function createRows(totals: Totals): Rows {
  const told = new Map<Group, GroupFacts>()
  const groupsOfExtension = new Map<string, Set<Group>>()
  const groupsOfQueue = new Map<string, Set<Group>>()
  const extensions = new Map<string, ExtensionLive>()
  const queues = new Map<string, QueueLive>()
  let changedExtensions = new Set<string>()
  let changedQueues = new Set<string>()

  function noteExtension(extensionId: string): void {
    extensions.delete(extensionId)
    changedExtensions.add(extensionId)
  }

  function noteQueue(queueId: string): void {
    queues.delete(queueId)
    changedQueues.add(queueId)
  }

  function listExtensions(): readonly string[] {
    return [...new Set([...groupsOfExtension.keys(), ...totals.extensionIds])]
  }

  function listQueues(): readonly string[] {
    return [...new Set([...groupsOfQueue.keys(), ...totals.queueIds])]
  }

  const extensionIndex: Index<ExtensionCalls> = {
    groupsOf: groupsOfExtension,
    isLive: ({ live }) => live.length > 0,
    note: noteExtension,
  }
  const queueIndex: Index<QueueCalls> = {
    groupsOf: groupsOfQueue,
    isLive: ({ visits, onPhone }) => onPhone.length > 0 || visits.some(({ end }) => end === undefined),
    note: noteQueue,
  }

  return {
    set(group, facts) {
      const before = told.get(group)
      told.set(group, facts)
      index(group, before?.extensions, facts.extensions, extensionIndex)
      index(group, before?.queues, facts.queues, queueIndex)
    },
    remove(group) {
      const before = told.get(group)
      told.delete(group)
      index(group, before?.extensions, NOTHING, extensionIndex)
      index(group, before?.queues, NOTHING, queueIndex)
    },
    shows: (group, facts) => told.get(group) === facts,
    note({ extensions: ofExtensions, queues: ofQueues }) {
      for (const id of ofExtensions.keys()) noteExtension(id)
      for (const id of ofQueues.keys()) noteQueue(id)
    },
    noteExtension,
    noteAll() {
      for (const id of [...extensions.keys(), ...listExtensions()]) noteExtension(id)
      for (const id of [...queues.keys(), ...listQueues()]) noteQueue(id)
    },
    takeChanges() {
      const changes = { extensionIds: changedExtensions, queueIds: changedQueues }
      changedExtensions = new Set()
      changedQueues = new Set()
      return changes
    },
    extension(extensionId) {
      const known = extensions.get(extensionId)
      if (known !== undefined) return known
      const groups = [...(groupsOfExtension.get(extensionId) ?? [])]
      const calls = groups.flatMap((group) => told.get(group)?.extensions.get(extensionId)?.live ?? [])
      const row: ExtensionLive = {
        extensionId,
        calls: calls.sort(compareCalls),
        lastCall: totals.lastCall(extensionId),
        today: totals.extension(extensionId),
      }
      extensions.set(extensionId, row)
      return row
    },
    queue(queueId) {
      const known = queues.get(queueId)
      if (known !== undefined) return known
      const groups = [...(groupsOfQueue.get(queueId) ?? [])]
      const calls = groups.flatMap((group) => told.get(group)?.queues.get(queueId) ?? [])
      const row: QueueLive = {
        queueId,
        waiting: calls.flatMap(({ visits }) => visits.flatMap(describeWaiting)).sort(compareWaiting),
        onPhone: calls.flatMap(({ onPhone }) => onPhone).sort(compareOnPhone),
        today: totals.queue(queueId),
      }
      queues.set(queueId, row)
      return row
    },
    listExtensions,
    listQueues,
  }
}

const NOTHING = new Map<string, never>()

interface Index<Facts> {
  /** The groups in which something is going on, by extension or queue id. */
  readonly groupsOf: Map<string, Set<Group>>
  readonly isLive: (facts: Facts) => boolean
  readonly note: (id: string) => void
}

/** Updates the index, and marks the ids for which this group's facts differ from before. */
function index<Facts>(
  group: Group,
  before: ReadonlyMap<string, Facts> | undefined,
  after: ReadonlyMap<string, Facts>,
  { groupsOf, isLive, note }: Index<Facts>,
): void {
  for (const [id, facts] of after) {
    const known = before?.get(id)
    if (known !== undefined && isAlike(known, facts)) continue
    note(id)
    if (isLive(facts)) addTo(groupsOf, id, group)
    else takeFrom(groupsOf, id, group)
  }
  for (const id of before?.keys() ?? []) {
    if (after.has(id)) continue
    note(id)
    takeFrom(groupsOf, id, group)
  }
}

function addTo(groupsOf: Map<string, Set<Group>>, id: string, group: Group): void {
  const groups = groupsOf.get(id) ?? new Set()
  groupsOf.set(id, groups.add(group))
}

function takeFrom(groupsOf: Map<string, Set<Group>>, id: string, group: Group): void {
  const groups = groupsOf.get(id)
  groups?.delete(group)
  if (groups?.size === 0) groupsOf.delete(id)
}

function describeWaiting({
  telephonySessionId,
  partyId,
  sinceMs,
  caller,
  ringing,
  end,
}: QueueVisit): readonly WaitingCaller[] {
  return end === undefined ? [{ telephonySessionId, partyId, sinceMs, caller, ringing }] : []
}

function compareCalls(a: LiveCall, b: LiveCall): number {
  return (
    EXTENSION_STATES.indexOf(a.state) - EXTENSION_STATES.indexOf(b.state) ||
    a.startedMs - b.startedMs ||
    compareText(a.telephonySessionId, b.telephonySessionId)
  )
}

function compareWaiting(a: WaitingCaller, b: WaitingCaller): number {
  return a.sinceMs - b.sinceMs || compareText(a.telephonySessionId, b.telephonySessionId)
}

function compareOnPhone(a: OnPhone, b: OnPhone): number {
  return compareText(a.extensionId, b.extensionId) || compareText(a.telephonySessionId, b.telephonySessionId)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
