import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createNotes, type Notes } from '../../../../entrypoints/background/caller/notes.ts'
import { MAX_NOTE_LENGTH } from '../../../../entrypoints/lib/notes/tidy-note.ts'
import { readNote, readNotesByNumber } from '../../../../entrypoints/lib/store/notes.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { eventually } from '../../../support/eventually.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { ADA_KEY, buildRow, withholdNumber } from './row.ts'

const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const
const NOW_MS = Date.parse('2026-06-05T12:00:00Z')
const call = buildRow({ telephonySessionId: 's-1', startedMs: NOW_MS - 60_000 })

let store: PersonStore
let notes: Notes
let rows: readonly CallRow[]
let changes: number

beforeEach(async () => {
  store = await openPersonStore(user)
  rows = [call]
  notes = begin()
})
afterEach(async () => {
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
})

/** Notes as a worker has them that has just been started. */
function begin(): Notes {
  changes = 0
  return createNotes({
    store,
    clock: createManualClock(NOW_MS),
    findCall: async (id) => rows.find(({ telephonySessionId }) => telephonySessionId === id),
    onChanged: () => changes++,
  })
}

describe('a note', () => {
  it('is in the store when it is told as kept, and is there after the worker was ended', async () => {
    expect(await notes.write('s-1', { text: 'wants the blue one', tags: [' VIP', 'vip', ''] })).toBeUndefined()
    const kept = {
      telephonySessionId: 's-1',
      startedMs: call.startedMs,
      numberKey: ADA_KEY,
      writtenMs: NOW_MS,
      text: 'wants the blue one',
      tags: ['VIP'],
    }
    expect(await readNote(store, 's-1')).toEqual(kept)
    expect(await readNotesByNumber(store, ADA_KEY, NOW_MS)).toEqual([kept])
    expect(notes.of('s-1')).toEqual({ text: 'wants the blue one', tags: ['VIP'], knownTags: ['VIP'] })
    expect(changes).toBe(1)

    const next = begin()
    await next.load(rows)
    expect(next.of('s-1')).toMatchObject({ text: 'wants the blue one', tags: ['VIP'] })
  })

  it('of a call that nobody loaded is read when it is asked for', async () => {
    await notes.write('s-1', { text: 'hello', tags: [] })
    const next = begin()
    expect(next.of('s-1').text).toBe('')
    await eventually(() => expect(next.of('s-1').text).toBe('hello'))
    expect(changes).toBe(1)
  })

  it('is what was written last, in the order in which it was sent', async () => {
    const texts = ['w', 'wa', 'wan', 'want', 'wants']
    await Promise.all(texts.map((text) => notes.write('s-1', { text, tags: [] })))
    expect((await readNote(store, 's-1'))?.text).toBe('wants')
    expect(notes.of('s-1').text).toBe('wants')
    expect(changes).toBe(texts.length)
  })

  it('that is emptied is gone', async () => {
    await notes.write('s-1', { text: 'hello', tags: [] })
    await notes.write('s-1', { text: '', tags: [] })
    expect(await readNote(store, 's-1')).toBeUndefined()
    expect(notes.of('s-1')).toMatchObject({ text: '', tags: [] })
  })

  it('is found by a number that was told after it was written', async () => {
    rows = [withholdNumber(call)]
    await notes.write('s-1', { text: 'hello', tags: [] })
    expect(await readNotesByNumber(store, ADA_KEY, NOW_MS)).toEqual([])
    rows = [call]
    notes.refresh(rows)
    await eventually(async () =>
      expect(await readNotesByNumber(store, ADA_KEY, NOW_MS)).toMatchObject([{ text: 'hello' }]),
    )
  })

  it('is not kept for a call that is not known', async () => {
    expect(await notes.write('s-other', { text: 'hello', tags: [] })).toBe('unknownCall')
    expect(await store.count('notes')).toBe(0)
  })

  it('that is far too long is cut', async () => {
    await notes.write('s-1', { text: 'x'.repeat(MAX_NOTE_LENGTH + 1), tags: [] })
    expect((await readNote(store, 's-1'))?.text).toHaveLength(MAX_NOTE_LENGTH)
  })

  it('that the store refuses is told as refused, and what was kept before stays; the next one may be kept', async () => {
    await notes.write('s-1', { text: 'kept', tags: [] })
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    })
    expect(await notes.write('s-1', { text: 'kept and more', tags: [] })).toBe('refused')
    put.mockRestore()
    expect(notes.of('s-1')).toMatchObject({ text: 'kept', isRefused: true })
    expect(changes).toBe(2)
    expect(await notes.write('s-1', { text: 'kept after all', tags: [] })).toBeUndefined()
    expect(notes.of('s-1')).not.toHaveProperty('isRefused')
  })
})

describe('the tags that are offered', () => {
  it('are those of notes and contacts, each once, and a first one', async () => {
    await store.put('contacts', {
      id: 'c',
      name: 'Ada',
      company: undefined,
      phoneNumbers: [],
      numberKeys: [],
      tags: ['Berlin', 'VIP'],
    })
    await notes.write('s-1', { text: '', tags: ['Blue', 'berlin'] })
    expect(notes.of('s-1').knownTags).toEqual(['VIP', 'Blue', 'berlin'])
    await notes.refreshTags()
    expect(new Set(notes.of('s-1').knownTags)).toEqual(new Set(['Blue', 'berlin', 'VIP']))
  })

  it('come after the notes, for which a card waits, and are told when they are there', async () => {
    await notes.write('s-1', { text: 'hello', tags: ['Blue'] })
    const next = begin()
    await next.load(rows)
    await eventually(() => expect(changes).toBe(1))
    expect(next.of('s-1')).toMatchObject({ text: 'hello', knownTags: ['Blue', 'VIP'] })
  })
})
