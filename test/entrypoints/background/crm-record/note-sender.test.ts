import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NoteResult } from '../../../../entrypoints/background/crm-record/crm-client.ts'
import {
  createNoteSender,
  NOTE_RETRY_MS,
  type NoteSender,
  TYPING_MS,
} from '../../../../entrypoints/background/crm-record/note-sender.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { readUnsentNotes } from '../../../../entrypoints/lib/store/unsent-notes.ts'
import { writeNote } from '../../../../entrypoints/lib/store/write-notes.ts'
import { eventually } from '../../../support/eventually.ts'
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts'

const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const

let store: PersonStore
let clock: ManualClock
let sent: string[]
let result: NoteResult
/** Of single notes, by their call. */
let resultOf: Readonly<Record<string, NoteResult>>
let hasCrm: boolean | undefined
let meanwhile: () => Promise<void>
let notes: NoteSender

beforeEach(async () => {
  store = await openPersonStore(user)
  clock = createManualClock(0)
  sent = []
  result = 'kept'
  resultOf = {}
  hasCrm = true
  meanwhile = async () => undefined
  notes = begin()
})
afterEach(async () => {
  notes.close()
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
})

/** As a worker has it that has just been started. */
function begin(): NoteSender {
  const client = {
    sendNote: async (id: string, text: string) => {
      sent.push(`${id}: ${text}`)
      const answer = resultOf[id] ?? result
      await meanwhile()
      return answer
    },
  }
  return createNoteSender({ client, store, clock, hasCrm: () => hasCrm })
}

/** A note as it is kept, and then followed. */
async function write(telephonySessionId: string, text: string): Promise<void> {
  clock.advance(1)
  const note = { telephonySessionId, text, tags: [], startedMs: 0, writtenMs: clock.nowMs() }
  await writeNote(store, note, { isForCrm: true })
  notes.follow()
}

const isUnsent = async () => (await readUnsentNotes(store)).map(({ telephonySessionId: id }) => id)
const isAllSent = () => eventually(async () => expect(await isUnsent()).toEqual([]))
const isSent = (...all: readonly string[]) => eventually(() => expect(sent).toEqual(all))
/** The worker is ended as Chrome does it, and the next one begins. */
async function endWorker(): Promise<void> {
  notes.close()
  store.close()
  store = await openPersonStore(user)
  notes = begin()
}

describe('notes', () => {
  it('are sent when the typing pauses, the latest text of each call', async () => {
    await write('s-1', 'wants')
    clock.advance(TYPING_MS - 2)
    await write('s-1', 'wants the blue one')
    await write('s-2', 'call back')
    clock.advance(TYPING_MS - 1)
    expect(sent).toEqual([])
    clock.advance(1)
    await isSent('s-1: wants the blue one', 's-2: call back')
    await isAllSent()
    expect(clock.waits()).toEqual([])
  })

  it('are sent again when the relay was away, at the latest when it is there again', async () => {
    result = 'away'
    await write('s-1', 'wants the blue one')
    clock.advance(TYPING_MS)
    await eventually(() => expect(clock.waits()).toEqual([NOTE_RETRY_MS]))
    result = 'kept'
    notes.hurry()
    clock.advance(0)
    await isAllSent()
    expect(sent).toHaveLength(2)
    expect(clock.waits()).toEqual([])
  })

  it('that were typed while the relay was away are sent by a later worker, once, in their order', async () => {
    result = 'away'
    await write('s-2', 'call back')
    await write('s-1', 'wants')
    clock.advance(TYPING_MS)
    await isSent('s-2: call back')
    await write('s-1', 'wants the blue one')
    await endWorker()
    sent = []
    result = 'kept'
    notes.hurry()
    clock.advance(0)
    await isSent('s-2: call back', 's-1: wants the blue one')
    await isAllSent()
    await endWorker()
    notes.hurry()
    clock.advance(0)
    clock.advance(NOTE_RETRY_MS)
    await eventually(() => expect(clock.waits()).toEqual([]))
    expect(sent).toHaveLength(2)
  })

  it('that are written while an earlier text is being sent are sent next', async () => {
    meanwhile = async () => {
      meanwhile = async () => undefined
      await write('s-1', 'wants the blue one')
    }
    await write('s-1', 'wants')
    clock.advance(TYPING_MS)
    await isSent('s-1: wants')
    await eventually(() => expect(clock.waits()).toEqual([TYPING_MS]))
    clock.advance(TYPING_MS)
    await isSent('s-1: wants', 's-1: wants the blue one')
    await isAllSent()
  })

  it('are not held up by one that the relay fails at, which is sent again', async () => {
    resultOf = { 's-1': 'later' }
    await write('s-1', 'wants the blue one')
    await write('s-2', 'call back')
    clock.advance(TYPING_MS)
    await eventually(async () => expect(await isUnsent()).toEqual(['s-1']))
    await eventually(() => expect(clock.waits()).toEqual([NOTE_RETRY_MS]))
    resultOf = {}
    clock.advance(NOTE_RETRY_MS)
    await isAllSent()
    expect(sent).toEqual(['s-1: wants the blue one', 's-2: call back', 's-1: wants the blue one'])
  })

  it('that the relay does not take are not sent again', async () => {
    result = 'never'
    await write('s-1', 'wants the blue one')
    clock.advance(TYPING_MS)
    await isAllSent()
    notes.hurry()
    clock.advance(NOTE_RETRY_MS)
    expect(sent).toHaveLength(1)
  })

  it('that were taken back are sent as empty, and what is only tagged is not sent', async () => {
    await write('s-1', 'wants the blue one')
    clock.advance(TYPING_MS)
    await isAllSent()
    await write('s-1', '')
    clock.advance(TYPING_MS)
    await isSent('s-1: wants the blue one', 's-1: ')
    await isAllSent()
    const tagged = { telephonySessionId: 's-1', text: '', tags: ['VIP'], startedMs: 0, writtenMs: 5 }
    await writeNote(store, tagged, { isForCrm: true })
    expect(await isUnsent()).toEqual([])
  })

  it('wait until it is known whether there is a CRM, and stay in the browser where there is none', async () => {
    hasCrm = undefined
    await write('s-1', 'wants the blue one')
    clock.advance(NOTE_RETRY_MS)
    expect(await isUnsent()).toEqual(['s-1'])
    hasCrm = false
    notes.hurry()
    clock.advance(0)
    await isAllSent()
    expect(sent).toEqual([])
  })
})
