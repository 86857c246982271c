import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'
import { assert } from '../../../shared/assert.ts'
import { addFigure } from './add-figure.ts'
import { markParts } from './mark-parts.ts'
import type { CallRow, PersonSchema } from './schema.ts'
import { ownerOfStore } from './store-name.ts'

/** The transaction in which a store is upgraded. */
type Upgrade = IDBPTransaction<PersonSchema, StoreNames<PersonSchema>[], 'versionchange'>

/**
 * How a store of calls becomes one of today's shape, a step a version: one of version 2 has been through the first two. A step
 * is never changed once a version of the extension with it is out; a new shape is a new step.
 */
export const UPGRADES: readonly ((store: IDBPDatabase<PersonSchema>, tx: Upgrade) => void | Promise<void>)[] = [
  (store) => {
    store.createObjectStore('events', { keyPath: ['telephonySessionId', 'sequence', 'uuid', 'count'] })
    store.createObjectStore('statuses', { keyPath: ['telephonySessionId', 'asOf', 'receivedMs'] })
    const calls = store.createObjectStore('calls', { keyPath: 'telephonySessionId' })
    calls.createIndex('byStart', 'startedMs')
    calls.createIndex('byActive', 'active')
    calls.createIndex('byMissedUnseen', 'missedUnseen')
    calls.createIndex('byNumber', ['numberKey', 'startedMs'])
    calls.createIndex('byPeer', 'peerIds', { multiEntry: true })
    const notes = store.createObjectStore('notes', { keyPath: 'telephonySessionId' })
    notes.createIndex('byNumber', ['numberKey', 'startedMs'])
    notes.createIndex('byTag', 'tags', { multiEntry: true })
    const contacts = store.createObjectStore('contacts', { keyPath: 'id' })
    contacts.createIndex('byNumber', 'numberKeys', { multiEntry: true })
    contacts.createIndex('byName', 'name')
    contacts.createIndex('byTag', 'tags', { multiEntry: true })
    const records = store.createObjectStore('records', { keyPath: ['numberKey', 'url'] })
    records.createIndex('bySeen', 'seenMs')
    store.createObjectStore('days', { keyPath: 'day' })
    store.createObjectStore('cursors', { keyPath: 'relayUrl' })
    store.createObjectStore('holes' as 'gaps', { keyPath: 'relayUrl' })
  },
  (store) => {
    store.createObjectStore('keeping')
  },
  async (_store, tx) => {
    const calls = tx.objectStore('calls')
    calls.createIndex('byLive', 'live')
    // These include calls that would otherwise stay live forever: they are asked about now.
    let cursor = await calls.openCursor()
    while (cursor) {
      if (cursor.value.phase !== 'ended') await cursor.update({ ...cursor.value, live: 1 })
      cursor = await cursor.continue()
    }
  },
  (store) => {
    // Left empty: existing keys are recomputed when the person's calls are first read.
    store.createObjectStore('reading')
  },
  // Until then every session counted as a call. The days are counted again, as always when what counts has changed.
  async (_store, tx) => {
    const calls = tx.objectStore('calls')
    await Promise.all(markParts(await calls.getAll()).map((row) => calls.put(row)))
  },
  async (store, tx) => {
    const owner = ownerOfStore(store.name)
    assert(owner !== undefined, `a store that is upgraded should be a person's, but is called ${store.name}`)
    const tellFromRow = ({ holdMs }: CallRow) => (holdMs === 0 ? 0 : undefined)
    await addFigure(tx, 'longestHold', { ...owner, tellFromRow })
  },
  // What was called a hole until then.
  (_store, tx) => {
    tx.objectStore('holes' as 'gaps').name = 'gaps'
  },
  (store) => {
    store
      .createObjectStore('ruleNotices', { keyPath: ['telephonySessionId', 'kind', 'rule'] })
      .createIndex('byReceived', 'receivedMs')
  },
  (store) => {
    store.createObjectStore('unsentNotes', { keyPath: 'telephonySessionId' }).createIndex('byWritten', 'writtenMs')
  },
]
