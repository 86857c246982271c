import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Calls } from '../../../../entrypoints/background/calls/calls.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { readCall, readCursor } from '../../../../entrypoints/lib/store/read.ts'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import type { DeskRecord } from '../../../../shared/protocol/desk.ts'
import type { LogEvent } from '../../../../shared/protocol/wire.ts'
import type { NumberedEnvelope } from '../../../support/restamp.ts'
import { at, beginCalls, relayUrl, removeStore, startMs, stream, user } from './calls-bench.ts'

/** Hands and whispers during a call that Bea has answered; the end is the last of its events. */

const TALKING = stream.findIndex(({ sequence }) => sequence > 8)
const moment = at(16_000)

let store: PersonStore
let calls: Calls
let head: number
let telephonySessionId: string

beforeEach(async () => {
  store = await openPersonStore(user)
  calls = beginCalls(store).calls
  head = 0
  await takeIn(stream.slice(0, TALKING).map(eventOf))
  telephonySessionId = call().telephonySessionId
  expect(call().phase).toBe('talking')
})
afterEach(() => removeStore(store))

type Content = Pick<Extract<LogEvent, { notification: unknown }>, 'notification'> | { readonly desk: DeskRecord }

const eventOf = ({ envelope }: NumberedEnvelope): Content => ({ notification: envelope })

async function takeIn(contents: readonly Content[]): Promise<void> {
  const events = contents.map((content) => ({
    position: ++head,
    receivedAt: new Date(startMs + 1000 * head).toISOString(),
    ...content,
  }))
  await calls.ingest({ epoch: 'e', head, events, isPast: false }, moment)
}

const hand = (raised: boolean, from: string = user.extensionId): Content => ({
  desk: { telephonySessionId, kind: 'hand', from, raised },
})
const whisper = (text: string, to: string = user.extensionId): Content => ({
  desk: { telephonySessionId, kind: 'whisper', from: '400109', fromName: 'Ines Moreau', to, text },
})

function call(): CallRow {
  const [row] = calls.active()
  if (row === undefined) throw new Error('there should be a call')
  return row
}

const isRaised = (): boolean => call().isHandRaised === true
const lines = (): readonly string[] => (call().whispers ?? []).map(({ fromName, text }) => `${fromName}: ${text}`)

describe('a hand', () => {
  it('is raised and lowered by what the log says, and is whose it is', async () => {
    await takeIn([hand(true, '400103')])
    expect(isRaised()).toBe(false)
    await takeIn([hand(true)])
    expect(isRaised()).toBe(true)
    await takeIn([hand(false)])
    expect(isRaised()).toBe(false)
  })

  it('is raised no longer when the call is over, nor after it', async () => {
    await takeIn([hand(true)])
    await takeIn(stream.slice(TALKING).map(eventOf))
    expect(call()).toMatchObject({ phase: 'ended' })
    await takeIn([hand(true)])
    expect(isRaised()).toBe(false)
  })

  it('is still raised for a worker that was started again', async () => {
    await takeIn([hand(true), whisper('Offer the free month.')])
    calls = beginCalls(store).calls
    await calls.load(moment)
    expect(isRaised()).toBe(true)
    expect(lines()).toEqual(['Ines Moreau: Offer the free month.'])
  })
})

describe('a whisper', () => {
  it('is on the card of whom it is for, with its writer, the latest of a few', async () => {
    await takeIn([whisper('For a colleague.', '400103')])
    expect(lines()).toEqual([])
    await takeIn(['one', 'two', 'three', 'four'].map((text) => whisper(text)))
    expect(lines()).toEqual(['Ines Moreau: two', 'Ines Moreau: three', 'Ines Moreau: four'])
  })

  it('brings back a card that was put away', async () => {
    await calls.mark(telephonySessionId, { isDismissed: true, isFolded: true })
    await takeIn([whisper('Offer the free month.')])
    expect(call()).toMatchObject({ isDismissed: false, isFolded: false })
  })

  it('goes with the call, in the store as well', async () => {
    await takeIn([whisper('Offer the free month.')])
    await takeIn(stream.slice(TALKING).map(eventOf))
    await calls.settled()
    expect(lines()).toEqual([])
    expect(await readCall(store, telephonySessionId)).not.toHaveProperty('whispers')
  })

  it('is written together with how far the log has been taken in', async () => {
    await takeIn([whisper('Offer the free month.')])
    await calls.settled()
    expect(await readCall(store, telephonySessionId)).toMatchObject({ whispers: [{ text: 'Offer the free month.' }] })
    expect(await readCursor(store, relayUrl)).toMatchObject({ position: head })
  })

  it('of a call that is not known changes nothing', async () => {
    telephonySessionId = 's-unknown'
    await takeIn([whisper('For nobody.'), hand(true)])
    expect(isRaised()).toBe(false)
    expect(lines()).toEqual([])
  })
})
