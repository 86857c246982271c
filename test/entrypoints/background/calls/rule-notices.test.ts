import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Calls } from '../../../../entrypoints/background/calls/calls.ts'
import { drawNotices } from '../../../../entrypoints/background/calls/draw-notices.ts'
import { nameNotice } from '../../../../entrypoints/background/calls/rule-notices.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { readCursor } from '../../../../entrypoints/lib/store/read.ts'
import { letRuleNoticesGo, readRuleNotices } from '../../../../entrypoints/lib/store/rule-notices.ts'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { letCallsGo } from '../../../../entrypoints/lib/store/write-retention.ts'
import { createCalendar } from '../../../../shared/metrics/tally-calendar.ts'
import type { ActNotice } from '../../../../shared/protocol/act.ts'
import type { LogEvent } from '../../../../shared/protocol/wire.ts'
import { DAY_MS } from '../../../../shared/time.ts'
import type { NumberedEnvelope } from '../../../support/restamp.ts'
import { at, beginCalls, relayUrl, removeStore, sid, startMs, stream, user } from './calls-bench.ts'

/** What rules tell of a call of Bea's, before, while and after she has a part in it, and of calls in which she has none. */

const TALKING = stream.findIndex(({ sequence }) => sequence > 8)
const moment = at(16_000)

let store: PersonStore
let calls: Calls
let head: number

beforeEach(async () => {
  store = await openPersonStore(user)
  calls = beginCalls(store).calls
  head = 0
})
afterEach(() => removeStore(store))

type Content =
  | Pick<Extract<LogEvent, { notification: unknown }>, 'notification'>
  | Pick<Extract<LogEvent, { act: unknown }>, 'act'>

const eventOf = ({ envelope }: NumberedEnvelope): Content => ({ notification: envelope })

async function takeIn(...contents: readonly Content[]): Promise<void> {
  const events = contents.map((content) => ({
    position: ++head,
    receivedAt: new Date(startMs + 1000 * head).toISOString(),
    ...content,
  }))
  await calls.ingest({ epoch: 'e', head, events, isPast: false }, moment)
}

const tell = (act: ActNotice): Content => ({ act })
const sent = (to: string = user.extensionId, from?: string) =>
  tell({ telephonySessionId: sid(), kind: 'sent', rule: 'Important customers', to, ...(from && { from }) })
const alert = (telephonySessionId = sid(), to: string = user.extensionId) =>
  tell({ telephonySessionId, kind: 'alert', rule: 'VIP', to, text: 'Ring back', caller: '+14085550123' })

const rings = () => takeIn(...stream.slice(0, TALKING).map(eventOf))
const ends = () => takeIn(...stream.slice(TALKING).map(eventOf))

function call(): CallRow {
  const [row] = calls.active()
  if (row === undefined) throw new Error('there should be a call')
  return row
}

const told = () => calls.notices.of(call()).map(({ kind, rule }) => `${kind} ${rule}`)
const alerts = () => calls.notices.alerts().map(({ telephonySessionId, text }) => `${telephonySessionId} ${text}`)

/** The worker is ended, and another one reads back what was written. */
async function restart(): Promise<void> {
  await calls.settled()
  calls = beginCalls(store).calls
  await calls.load(moment)
}

describe('that a rule sent a call', () => {
  it('is known of it also when that is told before its first event, whatever becomes of the worker meanwhile', async () => {
    await takeIn(sent())
    await restart()
    await rings()
    expect(told()).toEqual(['sent Important customers'])
    await ends()
    expect(told()).toEqual(['sent Important customers'])
  })

  it('is written together with how far the log has been taken in, and once however often it is told', async () => {
    await takeIn(sent(), sent())
    await takeIn(sent())
    await calls.settled()
    expect(await readCursor(store, relayUrl)).toMatchObject({ position: head })
    expect(await readRuleNotices(store, [sid()])).toEqual([
      { telephonySessionId: sid(), kind: 'sent', rule: 'Important customers', receivedMs: startMs + 1000 },
    ])
  })

  it('to somebody else is none of theirs', async () => {
    await rings()
    await takeIn(sent('400103'))
    expect(told()).toEqual([])
  })
})

describe('that a rule took a call from their phone', () => {
  const drawn = () => drawNotices(call(), calls.notices.of(call()))

  it('is known of it, and on its card once it is over for them', async () => {
    await rings()
    await takeIn(sent('400103', user.extensionId))
    await restart()
    expect(told()).toEqual(['moved Important customers'])
    expect(drawn()).toEqual({})
    await ends()
    expect(drawn()).toEqual({ movedByRule: 'Important customers' })
  })

  it('is not the last word where another rule sent it back', async () => {
    await rings()
    await takeIn(sent('400103', user.extensionId), sent(user.extensionId, '400103'))
    await ends()
    expect(drawn()).toEqual({ sentByRule: 'Important customers' })
  })
})

describe('an alert', () => {
  it('about their call brings back a card that was put away, and goes with the call', async () => {
    await rings()
    await calls.mark(sid(), { isDismissed: true, isFolded: true })
    await takeIn(alert())
    expect(call()).toMatchObject({ isDismissed: false, isFolded: false })
    expect(told()).toEqual(['alert VIP'])
    expect(alerts()).toEqual([`${sid()} Ring back`])
    await ends()
    expect(alerts()).toEqual([])
    await restart()
    expect(alerts()).toEqual([])
  })

  it('about a call of others is there until it is put away, and does not come back when it is told again', async () => {
    await rings()
    await takeIn(alert('s-others'), alert('s-third', '400103'))
    await restart()
    expect(alerts()).toEqual(['s-others Ring back'])
    const [first] = calls.notices.alerts()
    if (first === undefined) throw new Error('there should be an alert')
    await calls.endAlert(nameNotice(first))
    expect(alerts()).toEqual([])
    await takeIn(alert('s-others'))
    expect(alerts()).toEqual([])
    await restart()
    await takeIn(alert('s-others'))
    expect(alerts()).toEqual([])
  })

  it('that comes when their own part is over already is about somebody else’s', async () => {
    await rings()
    await ends()
    await calls.ingest(
      {
        ...{ epoch: 'e', head: ++head, isPast: false },
        events: [{ position: head, receivedAt: new Date(startMs + 600_000).toISOString(), ...alert() }] as LogEvent[],
      },
      moment,
    )
    expect(alerts()).toEqual([`${sid()} Ring back`])
  })
})

describe('what was told goes', () => {
  it('from memory after a day', async () => {
    await takeIn(alert('s-others'))
    await calls.ingest({ epoch: 'e', head: ++head, events: [], isPast: false }, at(2 * DAY_MS))
    expect(alerts()).toEqual([])
  })

  it('from the store with its call, and what is about calls of others by itself', async () => {
    await rings()
    await takeIn(sent(), alert('s-others'))
    await ends()
    await calls.settled()
    await letRuleNoticesGo(store, startMs + DAY_MS)
    expect(await store.getAllKeys('ruleNotices')).toEqual([[sid(), 'sent', 'Important customers']])
    const over = await store.getAll('calls')
    for (const { active: _, ...row } of over) await store.put('calls', row)
    await letCallsGo(store, startMs + DAY_MS, { calendar: createCalendar('UTC'), timeZone: 'UTC' })
    expect(await store.getAllKeys('ruleNotices')).toEqual([])
  })
})
