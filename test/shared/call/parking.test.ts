import { describe, expect, it } from 'vitest'
import { selectHungUpBy } from '../../../shared/call/end.ts'
import { selectRole } from '../../../shared/call/roles.ts'
import { selectView } from '../../../shared/call/view.ts'
import { measureAgent } from '../../../shared/metrics/agent.ts'
import { measureCall } from '../../../shared/metrics/call.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { type StepFields, step } from '../../support/notification.ts'
import { caller, callOf, colleague, legOf, MY_EXTENSION_ID, mine } from './cast.ts'

/**
 * A call that I answered after 5 s, talked in for 60 s and parked, and that a colleague fetched 20 s later: told in every way in
 * which the platform is known or reported to tell it.
 */

const PARKED_MS = 65_000
const FETCHED_MS = 85_000
const ENDED_MS = 115_000

type Way = readonly [ms: number, code: string, who: StepFields][]

/** On whose leg the parking is told, and where the place stands. */
const PARKINGS: readonly (readonly [where: string, way: Way])[] = [
  ['on my leg', [[PARKED_MS, 'Parked', { ...mine, reason: 'CallPark', parkData: '*801' }]]],
  ['on my leg, the place beside', [[PARKED_MS, 'Parked', { ...mine, reason: 'CallPark', park: { id: '*801' } }]]],
  ["on the caller's leg", [[PARKED_MS, 'Parked', { ...caller, reason: 'CallPark', parkData: '*801' }]]],
  ["on the caller's leg, without a reason", [[PARKED_MS, 'Parked', { ...caller, park: { id: '*801' } }]]],
  [
    'on both legs',
    [
      [PARKED_MS, 'Parked', { ...caller, park: { id: '*801' } }],
      [PARKED_MS, 'Parked', { ...mine, reason: 'ParkLocation', parkData: '*801' }],
    ],
  ],
]

/** How my leg ends: as I park the call, or as it is fetched. */
const ENDS: readonly (readonly [how: string, ms: number, code: string, reason: string | undefined])[] = [
  ['at once, CallPark', PARKED_MS + 10, 'Disconnected', 'CallPark'],
  ['at once, ParkLocation', PARKED_MS + 10, 'Disconnected', 'ParkLocation'],
  ['at once, Gone', PARKED_MS + 10, 'Gone', 'CallPark'],
  ['at once, without a reason', PARKED_MS + 10, 'Disconnected', undefined],
  ['a moment before it is told, CallPark', PARKED_MS - 10, 'Disconnected', 'CallPark'],
  ['a moment before it is told, without a reason', PARKED_MS - 10, 'Disconnected', undefined],
  ['when it is fetched, Pickup', FETCHED_MS, 'Disconnected', 'Pickup'],
  ['when it is fetched, Gone', FETCHED_MS, 'Gone', 'Pickup'],
]

const WAYS = PARKINGS.flatMap(([where, way]) =>
  ENDS.filter(([how]) => where.includes('caller') || !how.includes('before')).map(
    ([how, ms, code, reason]) => [where, how, [...way, [ms, code, { ...mine, reason }] as Way[number]]] as const,
  ),
)

function tell(way: Way, after: Way): readonly TelephonyNotification[] {
  const story: Way = [
    [0, 'Answered', caller],
    [0, 'Proceeding', mine],
    [5000, 'Answered', mine],
    ...way.toSorted(([a], [b]) => a - b),
    ...after,
  ]
  return story.map(([ms, code, who], index) => step(index + 2, ms, code, who))
}

/** The colleague gets a leg in this session, and the caller is heard again. */
const FETCHED: Way = [
  [FETCHED_MS, 'Answered', colleague],
  [FETCHED_MS, 'Answered', caller],
  [ENDED_MS, 'Disconnected', colleague],
  [ENDED_MS, 'Disconnected', caller],
]
const GIVEN_UP: Way = [[FETCHED_MS, 'Disconnected', caller]]

describe('C12 O2 a call that I parked, told', () => {
  it.each(WAYS)('%s, my leg ended %s: I parked it there', (_, _how, way) => {
    const call = callOf(...tell(way, FETCHED))
    expect(selectView(call, MY_EXTENSION_ID)).toMatchObject({ phase: 'ended', outcome: 'parked', parkedAt: '*801' })
    expect(selectRole(call, legOf(call, 'p-2'))).toBe('person')
    expect(selectView(call, '300')).toMatchObject({ outcome: 'answered', parkedAt: undefined })
  })

  it.each(WAYS)('%s, my leg ended %s: my talk counts until I parked it', (where, how, way) => {
    const call = callOf(...tell(way, FETCHED))
    const talkMs = measureAgent(call, MY_EXTENSION_ID)?.talk.ms ?? 0
    const { twoWayTalk, callerWait } = measureCall(call)
    // Where my leg goes on until the fetching, nothing says that it is parked.
    const isOpen = where.startsWith('on the caller') && how.includes('fetched')
    expect(Math.abs(talkMs - (isOpen ? FETCHED_MS - 5000 : 60_000))).toBeLessThanOrEqual(10)
    expect(Math.abs(twoWayTalk.ms - 90_000)).toBeLessThanOrEqual(10)
    expect(callerWait?.ms).toBe(5000)
  })

  it.each(WAYS)('C6 %s, my leg ended %s: I did not hang up', (_, _how, way) => {
    expect(selectHungUpBy(callOf(...tell(way, FETCHED)))?.id).toBe('p-3')
    expect(selectHungUpBy(callOf(...tell(way, GIVEN_UP)))?.id).toBe('p-1')
  })

  it.each([
    ['Gone', 'Pickup'],
    ['Disconnected', 'Pickup'],
    ['Disconnected', 'CallPark'],
    ['Disconnected', 'ParkLocation'],
  ])('by my own leg alone, %s, %s: I parked it all the same', (code, reason) => {
    const call = callOf(
      step(2, 0, 'Proceeding', mine),
      step(3, 5000, 'Answered', mine),
      step(4, 65_000, code, { ...mine, reason }),
    )
    expect(selectView(call, MY_EXTENSION_ID)).toMatchObject({ phase: 'ended', outcome: 'parked' })
    expect(measureAgent(call, MY_EXTENSION_ID)?.talk.ms).toBe(60_000)
  })
})

describe('C12 a call that I did not park', () => {
  it('is one that I fetched, although it was parked before', () => {
    const call = callOf(
      step(2, 0, 'Answered', caller),
      step(3, 0, 'Answered', colleague),
      step(4, 9000, 'Parked', { ...caller, park: { id: '*801' } }),
      step(5, 9010, 'Disconnected', { ...colleague, reason: 'CallPark' }),
      step(6, 20_000, 'Answered', { ...mine, id: 'p-4' }),
      step(7, 20_000, 'Answered', caller),
      step(8, 30_000, 'Disconnected', { ...mine, id: 'p-4' }),
      step(9, 30_010, 'Disconnected', caller),
    )
    expect(selectView(call, MY_EXTENSION_ID)).toMatchObject({ outcome: 'answered', parkedAt: undefined })
    expect(selectHungUpBy(call)?.id).toBe('p-4')
  })

  it('is one that I rang for and somebody picked up', () => {
    const call = callOf(
      step(2, 0, 'Answered', caller),
      step(3, 0, 'Proceeding', mine),
      step(4, 9000, 'Gone', { ...mine, reason: 'Pickup' }),
    )
    expect(selectView(call, MY_EXTENSION_ID)?.outcome).toBe('answeredElsewhere')
  })

  it('is one that the colleague left who called me, as I parked their call', () => {
    const noor = { ...caller, extensionId: '400' }
    const call = callOf(
      step(2, 0, 'Answered', noor),
      step(3, 0, 'Answered', mine),
      step(4, 9000, 'Parked', { ...mine, parkData: '*801' }),
      step(5, 20_000, 'Disconnected', noor),
      step(6, 20_010, 'Disconnected', mine),
    )
    expect(selectView(call, '400')).toMatchObject({ outcome: 'answered' })
    expect(selectHungUpBy(call)?.id).toBe('p-1')
  })
})
