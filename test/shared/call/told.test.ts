import { describe, expect, it } from 'vitest'
import type { Leg } from '../../../shared/call/state.ts'
import { type StepFields, step } from '../../support/notification.ts'
import { onlyLegOf } from './cast.ts'

const NOBODY = { from: undefined, to: undefined, accountId: undefined, extensionId: undefined, direction: undefined }

/** A leg of which one event tells this, and then another that. */
const toldOf = (first: StepFields, then: StepFields) =>
  onlyLegOf(step(2, 0, 'Proceeding', { ...NOBODY, ...first }), step(3, 10, 'Proceeding', { ...NOBODY, ...then }))

const line = (type: string, value: string) => ({ primary: { type, value } })

/** For each thing that is told: how it is told, how told otherwise, and where it is then. */
const TOLD: readonly (readonly [
  what: string,
  first: StepFields,
  then: StepFields,
  read: (leg: Leg) => unknown,
  kept: unknown,
  improved: unknown,
])[] = [
  ['account', { accountId: '1' }, { accountId: '2' }, (leg) => leg.accountId, '1', '2'],
  ['extension', { extensionId: '1' }, { extensionId: '2' }, (leg) => leg.extensionId, '1', '2'],
  [
    "caller's number",
    { from: { phoneNumber: '1' } },
    { from: { phoneNumber: '2' } },
    (leg) => leg.from.phoneNumber,
    '1',
    '2',
  ],
  ["caller's name", { from: { name: 'A' } }, { from: { name: 'B' } }, (leg) => leg.from.name, 'A', 'B'],
  [
    "caller's extension",
    { from: { extensionId: '1' } },
    { from: { extensionId: '2' } },
    (leg) => leg.from.extensionId,
    '1',
    '2',
  ],
  ["called one's name", { to: { name: 'A' } }, { to: { name: 'B' } }, (leg) => leg.to.name, 'A', 'B'],
  ["called one's device", { to: { deviceId: '1' } }, { to: { deviceId: '2' } }, (leg) => leg.to.deviceId, '1', '2'],
  [
    'queue',
    { uiCallInfo: line('QueueName', 'Sales') },
    { uiCallInfo: line('QueueName', 'Help') },
    (leg) => leg.queueName,
    'Sales',
    'Help',
  ],
  [
    'name for display',
    { uiCallInfo: line('CallerIdName', 'A') },
    { uiCallInfo: line('CallerIdName', 'B') },
    (leg) => leg.callerIdName,
    'A',
    'B',
  ],
  [
    'number for display',
    { uiCallInfo: line('CallerIdNumber', '1') },
    { uiCallInfo: line('CallerIdNumber', '2') },
    (leg) => leg.callerIdNumber,
    '1',
    '2',
  ],
  [
    'part in a RingOut',
    { ringOutRole: 'Initiator' },
    { ringOutRole: 'Target' },
    (leg) => leg.ringOutRole,
    'Initiator',
    'Target',
  ],
  [
    'part in a conference',
    { conferenceRole: 'Participant' },
    { conferenceRole: 'Host' },
    (leg) => leg.conferenceRole,
    'Participant',
    'Host',
  ],
  ['parking place', { parkData: '*801' }, { park: { id: '*802' } }, (leg) => leg.parkedAt, '*801', '*802'],
  [
    'recordings',
    { recordings: [{ id: '1', active: true }] },
    { recordings: [{ id: '1', active: false }] },
    (leg) => leg.recordings,
    [{ id: '1', active: true }],
    [{ id: '1', active: false }],
  ],
]

describe('L7 what is told of a party is kept when a later event leaves it out:', () => {
  it.each(TOLD)('%s', (_, first, __, read, kept) => {
    expect(read(toldOf(first, {}))).toEqual(kept)
  })
})

describe('L7 what is told of a party is learned when a later event tells it first:', () => {
  it.each(TOLD)('%s', (_, first, __, read, kept) => {
    expect(read(toldOf({}, first))).toEqual(kept)
  })
})

describe('L7 what is told of a party is improved when a later event tells it otherwise:', () => {
  it.each(TOLD)('%s', (_, first, then, read, __, improved) => {
    expect(read(toldOf(first, then))).toEqual(improved)
  })
})

it('L7 an endpoint is learned piece by piece', () => {
  const leg = toldOf({ from: { phoneNumber: '+14085550123' } }, { from: { name: 'Ada Winter', extensionId: '7' } })
  expect(leg.from).toEqual({
    phoneNumber: '+14085550123',
    name: 'Ada Winter',
    extensionId: '7',
    deviceId: undefined,
  })
})

it('L7 the direction stays as it was told first', () => {
  expect(toldOf({ direction: 'Inbound' }, { direction: 'Outbound' }).direction).toBe('Inbound')
  expect(toldOf({}, { direction: 'Outbound' }).direction).toBe('Outbound')
})

it.each(['queueCall', 'missedCall'] as const)('L7 a %s stays one', (field) => {
  expect(toldOf({ [field]: true }, { [field]: false })[field]).toBe(true)
  expect(toldOf({ [field]: false }, { [field]: true })[field]).toBe(true)
  expect(toldOf({}, {})[field]).toBe(false)
})

it('L7 mute is as told last, and that a party was heard once is kept', () => {
  expect(toldOf({ muted: true }, { muted: false })).toMatchObject({ muted: false, wasHeard: true })
  expect(toldOf({ muted: false }, { muted: true })).toMatchObject({ muted: true, wasHeard: true })
  expect(toldOf({ muted: true }, { muted: true })).toMatchObject({ muted: true, wasHeard: false })
})

describe('L8 another number or extension is another party, taken whole:', () => {
  const BEA = { phoneNumber: '102', name: 'Bea Lindqvist', extensionId: '400102', deviceId: '400802' }
  const whole = (fields: object) => ({
    phoneNumber: undefined,
    name: undefined,
    extensionId: undefined,
    deviceId: undefined,
    ...fields,
  })
  const replaced: readonly (readonly [what: string, then: StepFields['from'], now: object])[] = [
    ['a customer without a name', { phoneNumber: '+14085550123' }, { phoneNumber: '+14085550123' }],
    [
      'a customer with a name',
      { phoneNumber: '+14085550123', name: 'Ada Winter' },
      { phoneNumber: '+14085550123', name: 'Ada Winter' },
    ],
    ['a customer who withholds their number', { name: 'Anonymous' }, { name: 'Anonymous' }],
    ['another colleague', { extensionId: '400103' }, { extensionId: '400103' }],
    [
      'another colleague by number',
      { phoneNumber: '103', extensionId: '400103' },
      { phoneNumber: '103', extensionId: '400103' },
    ],
  ]
  it.each(replaced)('%s', (_, then, now) => {
    expect(toldOf({ from: BEA }, { from: then }).from).toEqual(whole(now))
    expect(toldOf({ to: BEA }, { to: then }).to).toEqual(whole(now))
  })

  const kept: readonly (readonly [what: string, then: Partial<typeof BEA>])[] = [
    ['another number of the same extension', { phoneNumber: '+14085550102', extensionId: '400102' }],
    ['the same number alone', { phoneNumber: '102' }],
    ['the same extension alone', { extensionId: '400102' }],
    ['the same name alone', { name: 'Bea Lindqvist' }],
    ['nothing', {}],
  ]
  it.each(kept)('%s is no other party', (_, then) => {
    expect(toldOf({ from: BEA }, { from: then }).from).toEqual({ ...BEA, ...then })
  })

  it.each<readonly [what: string, known: object, then: object]>([
    ['a colleague by extension alone, then a number', { extensionId: '400102' }, { phoneNumber: '+14085550123' }],
    [
      'a colleague by extension and name, then a customer',
      { extensionId: '400102', name: 'Bea Lindqvist' },
      { phoneNumber: '+14085550123', name: 'Ada Winter' },
    ],
    [
      'a colleague by extension and name, then a number',
      { extensionId: '400102', name: 'Bea Lindqvist' },
      { phoneNumber: '+14085550123' },
    ],
    [
      'a colleague by short number and name, then another by extension',
      { phoneNumber: '102', name: 'Bea Lindqvist' },
      { extensionId: '400103', name: 'Noor Haddad' },
    ],
    ['a colleague by extension, then a name', { extensionId: '400102', name: 'Bea Lindqvist' }, { name: 'Ada Winter' }],
    [
      'a customer, then a colleague by extension',
      { phoneNumber: '+14085550123', name: 'Ada Winter' },
      { extensionId: '400103', name: 'Noor Haddad' },
    ],
  ])('%s', (_, known, then) => {
    expect(toldOf({ from: known }, { from: then }).from).toEqual(whole(then))
  })

  it.each<readonly [what: string, known: object, then: object]>([
    ['a number, then its extension', { phoneNumber: '+14085550102' }, { extensionId: '400102', name: 'Bea Lindqvist' }],
    ['an extension, then its short number', { extensionId: '400102' }, { phoneNumber: '102', name: 'Bea Lindqvist' }],
    [
      'an extension, then a number of the same name',
      { extensionId: '400102', name: 'Bea Lindqvist' },
      { phoneNumber: '+14085550102', name: 'Bea Lindqvist' },
    ],
    ['an extension, then its name', { extensionId: '400102' }, { name: 'Bea Lindqvist' }],
    ['a number, then a better name', { phoneNumber: '+14085550123', name: 'WIRELESS CALLER' }, { name: 'Ada Winter' }],
    ['a name, then a number', { name: 'Ada Winter' }, { phoneNumber: '+14085550123' }],
  ])('%s: no other party', (_, known, then) => {
    expect(toldOf({ from: known }, { from: then }).from).toEqual(whole({ ...known, ...then }))
  })

  it('what was told for display of the caller before is not the new one’s', () => {
    const info = {
      primary: { type: 'CallerIdName', value: 'Bea' },
      additional: { type: 'CallerIdNumber', value: '102' },
    }
    const leg = toldOf({ from: BEA, uiCallInfo: info }, { from: { phoneNumber: '+14085550123' } })
    expect([leg.callerIdName, leg.callerIdNumber]).toEqual([undefined, undefined])
    expect(toldOf({ from: BEA, uiCallInfo: info }, { from: { name: 'Bea Lindqvist' } }).callerIdName).toBe('Bea')
  })

  it('a party that comes back is as it was told last', () => {
    const leg = onlyLegOf(
      step(2, 0, 'Answered', { ...NOBODY, from: BEA }),
      step(3, 10, 'Answered', { ...NOBODY, from: { phoneNumber: '+14085550123' } }),
      step(4, 20, 'Answered', { ...NOBODY, from: { phoneNumber: '102' } }),
    )
    expect(leg.from).toEqual(whole({ phoneNumber: '102' }))
  })
})
