import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import { CONTACTS } from '../../crm/contacts.ts'
import { EXTERNAL_CALLERS } from '../people.ts'
import type { Truth } from '../truth/truth.ts'
import { BUSY_NORTHWIND } from './company.ts'
import { type PlayedDay, playBusyDay } from './play.ts'

/** A busy day as the platform would tell it, and whether what it holds for true is what it tells. */

const ADA = '+14085550123'
const FROM_MS = Date.parse('2026-03-10T16:00:00Z')
const someSeed = fc.integer({ min: 1, max: 1_000_000 })

const play = (seed: number, hours = 0.5, options: { aside?: readonly string[] } = {}): PlayedDay =>
  playBusyDay({ seed, fromMs: FROM_MS, untilMs: FROM_MS + hours * HOUR_MS, ...options })

/** Each event as the time and what became of whom, with the sessions numbered as they come. */
function tell({ events }: PlayedDay): readonly string[] {
  const numbers = new Map<string, number>()
  return events.map(({ body }) => {
    const number = numbers.get(body.telephonySessionId) ?? numbers.size
    numbers.set(body.telephonySessionId, number)
    const [party] = body.parties
    const { code, reason } = party?.status ?? {}
    return [body.eventTime, number, body.sequence, party?.extensionId, code, reason, party?.from.phoneNumber].join(' ')
  })
}

describe('an hour', () => {
  const hour = play(7, 1)
  const whole = hour.truthAt(hour.events.length)

  test('is of thirty people and four queues, and has some hundred calls', () => {
    const signedIn = BUSY_NORTHWIND.people.filter(({ canSignIn, accountId }) => canSignIn && accountId === '400100')
    expect([signedIn.length, BUSY_NORTHWIND.queues.length]).toEqual([30, 4])
    const extensionIds = new Set(BUSY_NORTHWIND.people.map(({ extensionId }) => extensionId))
    expect(extensionIds.size).toBe(BUSY_NORTHWIND.people.length)
    const devices = new Set(BUSY_NORTHWIND.people.map(({ deviceId }) => deviceId))
    expect(devices.size).toBe(BUSY_NORTHWIND.people.length)
    const sessions = new Set(hour.events.map(({ body }) => body.telephonySessionId))
    expect(sessions.size).toBeGreaterThan(350)
    expect(sessions.size).toBeLessThan(900)
  })

  test('is the same for the same seed, but for the ids, and another for another', () => {
    expect(tell(play(7, 1))).toEqual(tell(hour))
    expect(tell(play(8, 1))).not.toEqual(tell(hour))
  })

  test('counts callers of queues in three kinds', () => {
    for (const { today } of whole.queues.values()) {
      expect(today.offered).toBe(today.answered + today.abandoned + today.redirected)
      expect(today.offered).toBeGreaterThan(10)
      expect(today.serviceLevel.inTime).toBeLessThanOrEqual(today.answered)
    }
  })

  test('leaves those alone who are aside', () => {
    const aside = ['400102', '400101']
    const { events } = play(7, 1, { aside })
    for (const { body } of events) expect(aside).not.toContain(body.parties[0]?.extensionId)
  })

  test('has nobody outside call who is aside, and others do', () => {
    const callers = (aside: readonly string[]) =>
      play(7, 2, { aside }).events.map(({ body }) => body.parties[0]?.from?.phoneNumber)
    expect(callers([])).toContain(ADA)
    expect(callers([ADA])).not.toContain(ADA)
  })

  test('is of people whom no number of a customer reaches', () => {
    const customers = [...EXTERNAL_CALLERS.map(({ phoneNumber }) => phoneNumber), ...CONTACTS.map(({ phone }) => phone)]
    for (const { phoneNumber } of BUSY_NORTHWIND.people) expect(customers).not.toContain(phoneNumber)
  })
})

test('in an afternoon everything happens that can happen, and nothing lasts for ever', () => {
  const day = play(11, 4)
  const kinds = new Set(
    day.events.map(({ body }) =>
      [body.parties[0]?.status.code, body.parties[0]?.status.reason].filter(Boolean).join(' '),
    ),
  )
  for (const kind of [
    'Hold',
    'VoiceMail',
    'Parked CallPark',
    'Gone Pickup',
    'Gone AttendedTransfer',
    'Disconnected BlindTransfer',
    'Disconnected AgentAnswered',
    'Disconnected NoAnswer',
    'Disconnected Rejected',
    'Disconnected Cancelled',
    'Disconnected CallRedirected',
  ])
    expect(kinds).toContain(kind)
  const { atMs, extensions, queues } = day.truthAt(day.events.length)
  const oldest = [...extensions.values()].flatMap(({ live }) => live.map(({ startedMs }) => atMs - startedMs))
  expect(Math.max(...oldest)).toBeLessThan(40 * MINUTE_MS)
  expect([...queues.values()].some(({ today }) => today.abandoned > 0)).toBe(true)
})

test('the events of each session are numbered from 2 without a gap, and time never goes back', () => {
  fc.assert(
    fc.property(someSeed, (seed) => {
      const sequences = new Map<string, number>()
      let lastMs = 0
      for (const { body } of play(seed).events) {
        const before = sequences.get(body.telephonySessionId) ?? 1
        expect(body.sequence).toBe(before + 1)
        sequences.set(body.telephonySessionId, body.sequence)
        const atMs = Date.parse(body.eventTime)
        expect(atMs).toBeGreaterThanOrEqual(lastMs)
        lastMs = atMs
      }
    }),
    { numRuns: 5 },
  )
})

test('at any position the truth is what the events up to there tell', () => {
  fc.assert(
    fc.property(
      someSeed,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
      (seed, places) => {
        const day = play(seed)
        for (const place of places) {
          const position = Math.floor(place * day.events.length)
          expect(describeTruth(day.truthAt(position))).toEqual(countEvents(day, position))
        }
      },
    ),
    { numRuns: 5 },
  )
})

test('nobody talks to two at once, and no queue keeps more callers than it may', () => {
  fc.assert(
    fc.property(someSeed, fc.double({ min: 0, max: 1, noNaN: true }), (seed, place) => {
      const day = play(seed)
      const { extensions, queues } = day.truthAt(Math.floor(place * day.events.length))
      for (const { live } of extensions.values()) {
        expect(live.filter(({ state }) => state === 'talking').length).toBeLessThanOrEqual(1)
      }
      for (const { extensionId, settings } of BUSY_NORTHWIND.queues) {
        expect(queues.get(extensionId)?.waiting.length).toBeLessThanOrEqual(settings.maxCallers)
      }
    }),
    { numRuns: 6 },
  )
})

interface Standing {
  readonly parts: readonly string[]
  readonly waiting: readonly string[]
}

function describeTruth({ extensions, queues }: Truth): Standing {
  return {
    parts: [...extensions].flatMap(([id, { live }]) => live.map(({ partyId }) => `${id} ${partyId}`)).sort(),
    waiting: [...queues]
      .flatMap(([id, { waiting }]) => waiting.map(({ partyId, sinceMs }) => `${id} ${partyId} ${sinceMs}`))
      .sort(),
  }
}

/** The same from the events alone: who has not left. */
function countEvents({ events }: PlayedDay, position: number): Standing {
  const parties = new Map<string, { extensionId: string; code: string; startedMs: number }>()
  for (const { body } of events.slice(0, position)) {
    const [party] = body.parties
    if (party?.extensionId === undefined) continue
    const { id, extensionId, status } = party
    const startedMs = parties.get(id)?.startedMs ?? Date.parse(body.eventTime)
    parties.set(id, { extensionId, code: status.code, startedMs })
  }
  const queueIds = new Set(BUSY_NORTHWIND.queues.map(({ extensionId }) => extensionId))
  const live = [...parties].filter(([, { code }]) => code !== 'Disconnected' && code !== 'Gone')
  return {
    parts: live
      .filter(([, { extensionId }]) => !queueIds.has(extensionId))
      .map(([id, { extensionId }]) => `${extensionId} ${id}`)
      .sort(),
    waiting: live
      .filter(([, { extensionId, code }]) => queueIds.has(extensionId) && code !== 'VoiceMail')
      .map(([id, { extensionId, startedMs }]) => `${extensionId} ${id} ${startedMs}`)
      .sort(),
  }
}
