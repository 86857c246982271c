import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { UserCrm } from '../../../../entrypoints/background/crm-record/user-crm.ts'
import { selectCallerName } from '../../../../entrypoints/lib/caller/caller-name.ts'
import { readNamesOf } from '../../../../entrypoints/lib/caller/read-names.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { writeNote } from '../../../../entrypoints/lib/store/write-notes.ts'
import { writeSeenRecord } from '../../../../entrypoints/lib/store/write-records.ts'
import type { CrmMatchesAnswer } from '../../../../shared/protocol/http/crm.ts'
import { eventually } from '../../../support/eventually.ts'
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts'
import { accepted, createFakeRelay, type FakeRelay, problem } from '../../lib/relay/fake-relay.ts'
import { ADA_KEY, buildRow } from '../caller/row.ts'
import { ADA, ALAN, buildCrm, buildMatches, buildRecord, buildRecords, FORM_URL } from './crm-answers.ts'

vi.mock('#i18n', () => ({ i18n: { t: (key: string) => key } }))
const { createUserCrm } = await import('../../../../entrypoints/background/crm-record/user-crm.ts')
const { FIRST_LOOK_MS } = await import('../../../../entrypoints/background/crm-record/call-records.ts')
const { TYPING_MS } = await import('../../../../entrypoints/background/crm-record/note-sender.ts')

const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const
const ROW = buildRow({ telephonySessionId: 's-1', startedMs: 0, name: 'WINTER ADA' })
const OVER = { ...ROW, phase: 'ended' as const }

let store: PersonStore
let clock: ManualClock
let relay: FakeRelay
let matches: CrmMatchesAnswer
let standing: () => Response
let records: () => Response
let crm: UserCrm
let named: number

beforeEach(async () => {
  store = await openPersonStore(user)
  clock = createManualClock(0, () => new Promise((resolve) => setImmediate(resolve)))
  matches = buildMatches(ADA)
  standing = () => Response.json(buildCrm())
  records = () => Response.json(buildRecords())
  named = 0
  relay = createFakeRelay((line) => {
    if (line === 'GET /v1/crm') return standing()
    if (line === 'GET /v1/crm/matches') return Response.json(matches)
    if (line === 'GET /v1/crm/records') return records()
    if (line.startsWith('POST /v1/crm/records/')) return Response.json(buildRecord({ state: 'leftOut' }))
    if (line === 'POST /v1/crm/connect') return Response.json({ url: 'https://relay.example.com/crm/start' })
    return accepted()
  })
  crm = createUserCrm({ store, relay: relay.client, clock, onChanged: () => undefined, onNames: () => named++ })
})
afterEach(async () => {
  crm.close()
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
})

const lines = () => relay.sent.map(({ line }) => line)
const names = async () => selectCallerName(ROW, await readNamesOf(store, ROW, 'en'))

describe('the CRM on a card', () => {
  it('says whom it has, whose name is then the caller’s, for the card and for the lists of calls', async () => {
    expect(await names()).toEqual({ name: 'WINTER ADA', source: 'network' })
    crm.refresh([ROW])
    await eventually(() => expect(named).toBe(1))
    expect(crm.of(ROW)).toEqual({ crmName: 'HubSpot', contacts: [ADA], newContactUrl: undefined, record: undefined })
    expect(await names()).toEqual({ name: 'Ada Winter', source: 'record' })
    await store.put('contacts', {
      ...{ id: 'c', name: 'Ada from Harbor', company: undefined, tags: [] },
      ...{ phoneNumbers: ['+14085550123'], numberKeys: [ADA_KEY] },
    })
    expect(await names()).toEqual({ name: 'Ada from Harbor', source: 'contact' })
  })

  it('names nobody where several have the number, and forgets whom it no longer has', async () => {
    matches = buildMatches(ADA, ALAN)
    crm.refresh([ROW])
    await eventually(() => expect(named).toBe(1))
    expect(await names()).toEqual({ name: 'WINTER ADA', source: 'network' })
    expect(await store.count('records')).toBe(2)
    matches = buildMatches()
    crm.refresh([])
    await eventually(() => expect(crm.of(ROW)).toBeUndefined())
    crm.refresh([ROW])
    await eventually(() => expect(named).toBe(2))
    expect(await store.count('records')).toBe(0)
    expect(crm.of(ROW)?.newContactUrl).toBe(FORM_URL)
  })

  it('keeps its name for a contact whose page is seen under another title', async () => {
    crm.refresh([ROW])
    await eventually(() => expect(named).toBe(1))
    await writeSeenRecord(store, { numberKey: ADA_KEY, url: String(ADA.url), title: 'Contact 17', seenMs: 5 })
    expect(await names()).toEqual({ name: 'Ada Winter', source: 'record' })
  })

  it('is asked for nothing where the relay has none, or knows none', async () => {
    for (const answer of [
      () => Response.json({ isOn: false, isConnected: false, canConnect: false }),
      () => problem(404, 'not_found'),
    ]) {
      standing = answer
      await crm.standing()
      expect(crm.wantsNotes()).toBe(false)
      crm.refresh([OVER])
      crm.sendNotes()
      await clock.moveTo(clock.nowMs() + FIRST_LOOK_MS + TYPING_MS)
      expect(crm.of(OVER)).toBeUndefined()
    }
    expect(new Set(lines())).toEqual(new Set(['GET /v1/crm']))
  })

  it('tells how the record stands once the call is over, and decides about it', async () => {
    records = () => Response.json(buildRecords(buildRecord({ state: 'noMatch' })))
    crm.refresh([OVER])
    await eventually(() => expect(clock.waits()).toContain(FIRST_LOOK_MS))
    await clock.moveTo(clock.nowMs() + FIRST_LOOK_MS)
    await eventually(() => expect(crm.of(OVER)?.record?.state).toBe('noMatch'))
    await crm.choose('s-1', { skip: true })
    expect(crm.of(OVER)?.record?.state).toBe('leftOut')
  })

  it('opens addresses that the relay told of, and no others', async () => {
    crm.refresh([ROW])
    await eventually(() => expect(crm.of(ROW)).toBeDefined())
    expect(crm.offers(ROW, String(ADA.url))).toBe(true)
    expect(crm.offers(ROW, 'https://elsewhere.example.com/')).toBe(false)
    matches = buildMatches({ ...ADA, url: 'javascript:alert(1)' })
    crm.refresh([])
    await eventually(() => expect(crm.of(ROW)).toBeUndefined())
    crm.refresh([ROW])
    await eventually(() => expect(crm.of(ROW)).toBeDefined())
    expect(crm.offers(ROW, 'javascript:alert(1)')).toBe(false)
  })
})

describe('a note', () => {
  it('goes to the relay when it is kept', async () => {
    expect(crm.wantsNotes()).toBe(true)
    const note = { telephonySessionId: 's-1', text: 'wants the blue one', tags: [], startedMs: 0, writtenMs: 1 }
    await writeNote(store, note, { isForCrm: true })
    crm.sendNotes()
    await eventually(() => expect(clock.waits()).toEqual([TYPING_MS]))
    await clock.moveTo(clock.nowMs() + TYPING_MS)
    await eventually(() =>
      expect(relay.sent.at(-1)).toMatchObject({
        line: 'POST /v1/crm/notes',
        body: { telephonySessionId: 's-1', text: 'wants the blue one' },
      }),
    )
  })
})

describe('connecting', () => {
  const redirectUrl = 'https://id.chromiumapp.org/'

  it('goes by the window that the relay names, and is done when the relay says so', async () => {
    const opened: string[] = []
    const openWindow = async (url: string) => void opened.push(url)
    expect(
      await crm.connect({ redirectUrl, openWindow: async (url) => openWindow(url).then(() => undefined) }),
    ).toBeUndefined()
    expect(opened).toEqual(['https://relay.example.com/crm/start'])
  })

  it.each([
    [async () => Promise.reject(new Error('closed')), 'crm.connect.cancelled'],
    [async () => `${redirectUrl}?error=access_denied`, 'crm.connect.denied'],
    [async () => `${redirectUrl}?error=temporarily_unavailable`, 'crm.connect.failed'],
  ])('says why it did not work', async (openWindow, expected) => {
    standing = () => Response.json(buildCrm({ isConnected: false }))
    expect(await crm.connect({ redirectUrl, openWindow })).toBe(expected)
  })
})
