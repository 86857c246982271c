import { describe, expect, it } from 'vitest'
import {
  selectCaller,
  selectCurrent,
  selectDirection,
  selectMine,
  selectRole,
  sortLegs,
} from '../../../shared/call/roles.ts'
import type { Call } from '../../../shared/call/state.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { type StepFields, step } from '../../support/notification.ts'
import { caller, callOf, colleague, legOf, MY_EXTENSION_ID, mine, onlyLegOf, outsider } from './cast.ts'

const queue: StepFields = { id: 'p-2', direction: 'Inbound', extensionId: '900' }
const agent: StepFields = {
  id: 'p-3',
  direction: 'Inbound',
  extensionId: '300',
  queueCall: true,
  to: { phoneNumber: '+18005550195', extensionId: '900' },
}

const roleOf = (call: Call, id: string) => selectRole(call, legOf(call, id))

describe('C2 a passage and no person is', () => {
  const ends: readonly (readonly [role: string, code: string, reason: string | undefined])[] = [
    ['passage', 'Disconnected', 'AgentAnswered'],
    ['passage', 'Disconnected', 'CallerInputRedirect'],
    ['person', 'Gone', 'Pickup'],
    ['person', 'Disconnected', 'Pickup'],
    ['person', 'Disconnected', undefined],
    ['person', 'Disconnected', 'BlindTransfer'],
    ['person', 'Gone', 'AttendedTransfer'],
    ['person', 'Gone', 'Conference'],
    ['person', 'Gone', undefined],
    ['person', 'Hold', undefined],
  ]
  it.each(ends)('%s: one that ends %s, %s', (role, code, reason) => {
    const call = callOf(step(2, 0, 'Answered', mine), step(3, 10, code, { ...mine, reason }))
    expect(roleOf(call, 'p-2')).toBe(role)
  })

  it.each(['AgentAnswered', 'CallerInputRedirect'])('person: one whose phone rang until it ended with %s', (reason) => {
    const call = callOf(step(2, 0, 'Proceeding', mine), step(3, 10, 'Disconnected', { ...mine, reason }))
    expect(roleOf(call, 'p-2')).toBe('person')
    const menu = callOf(step(2, 0, 'Setup', mine), step(3, 10, 'Disconnected', { ...mine, reason }))
    expect(roleOf(menu, 'p-2')).toBe('passage')
  })

  const fetching = { id: 'p-1', direction: 'Outbound', extensionId: '300', reason: 'Pickup' }
  const fetched = (to: string, ...before: readonly TelephonyNotification[]) =>
    roleOf(callOf(...before, step(4, 0, 'Answered', { ...fetching, to: { phoneNumber: to } }), gone(to)), 'p-1')
  const gone = (to: string) => step(9, 90, 'Gone', { ...fetching, to: { phoneNumber: to } })

  it.each([
    ['the code of a parking place', '*801', []],
    ['the extension of a parking place', '3001', []],
    ['a code, whoever is seen beside', '*801', [step(2, 0, 'Answered', mine)]],
  ] as const)('one that dialled %s and is Gone with Pickup', (_, to, before) => {
    expect(fetched(to, ...before)).toBe('passage')
  })

  it.each([
    ['called somebody outside', '+14085550123', []],
    ['called a colleague whose phone rang', '102', [step(2, 0, 'Proceeding', mine)]],
    ['called a colleague who answered', '102', [step(2, 0, 'Answered', mine)]],
    ['was parked', '3001', [step(2, 0, 'Parked', fetching)]],
  ] as const)('not one that %s before it is Gone with Pickup', (_, to, before) => {
    expect(fetched(to, ...before)).toBe('person')
  })

  it('one that owns the extension that others are rung in the name of', () => {
    const call = callOf(step(2, 0, 'Answered', queue), step(3, 10, 'Proceeding', agent))
    expect([roleOf(call, 'p-2'), roleOf(call, 'p-3')]).toEqual(['passage', 'person'])
  })

  it('not one that another is rung for outside a queue', () => {
    const call = callOf(step(2, 0, 'Answered', queue), step(3, 10, 'Proceeding', { ...agent, queueCall: undefined }))
    expect(roleOf(call, 'p-2')).toBe('person')
  })

  it('not one that is rung in its own name', () => {
    const own = { ...agent, to: { extensionId: '300' } }
    const call = callOf(step(2, 0, 'Proceeding', own), step(3, 10, 'Proceeding', { ...own, id: 'p-4' }))
    expect([roleOf(call, 'p-3'), roleOf(call, 'p-4')]).toEqual(['person', 'person'])
  })

  it('not somebody outside', () => {
    const nobody = { ...agent, to: { extensionId: undefined } }
    const call = callOf(step(2, 0, 'Setup', caller), step(3, 10, 'Proceeding', nobody))
    expect(roleOf(call, 'p-1')).toBe('person')
  })
})

describe('C3 a listener is', () => {
  it('one that ends with Supervising', () => {
    const call = callOf(step(2, 0, 'Answered', mine), step(3, 10, 'Gone', { ...mine, reason: 'Supervising' }))
    expect(roleOf(call, 'p-2')).toBe('listener')
  })

  it('one that another session says is there to listen', () => {
    const call = callOf(step(2, 0, 'Answered', mine), step(3, 5, 'Answered', colleague))
    expect(selectRole(call, legOf(call, 'p-3'), new Set(['p-3']))).toBe('listener')
    expect(selectRole(call, legOf(call, 'p-2'), new Set(['p-3']))).toBe('person')
  })

  it('one that is muted in everything ever told of it', () => {
    const muted = { ...mine, muted: true }
    const call = callOf(step(2, 0, 'Setup', muted), step(3, 10, 'Answered', muted))
    expect(roleOf(call, 'p-2')).toBe('listener')
  })

  it.each([
    ['muted later', false, true],
    ['muted first', true, false],
  ])('not a person who is %s', (_, first, then) => {
    const call = callOf(
      step(2, 0, 'Answered', { ...mine, muted: first }),
      step(3, 10, 'Answered', { ...mine, muted: then }),
    )
    expect(roleOf(call, 'p-2')).toBe('person')
  })

  it('rather than a passage', () => {
    const call = callOf(step(2, 0, 'Gone', { ...mine, reason: 'Pickup', muted: true }))
    expect(roleOf(call, 'p-2')).toBe('listener')
  })
})

describe('C4 by RingOut', () => {
  const rungOut = (role: string | undefined, direction?: string) =>
    callOf(step(2, 0, 'Proceeding', { ...mine, direction, ringOutRole: role }, { origin: 'RingOut' }))
  const directionOf = (call: Call) => selectDirection(legOf(call, 'p-2'))

  it.each([
    ['the phone that is rung first calls', 'Initiator', 'Inbound', 'Outbound'],
    ['the other side is called', 'Target', 'Inbound', 'Inbound'],
    ['the other side is called, whatever its leg looks like', 'Target', 'Outbound', 'Inbound'],
    ['a leg without a part in it is what it looks like', undefined, 'Outbound', 'Outbound'],
  ])('%s', (_, role, looks, direction) => {
    expect(directionOf(rungOut(role, looks))).toBe(direction)
  })

  it('the party counted first is the phone of who asked for it, where no event tells the parts', () => {
    const call = callOf(
      step(2, 0, 'Proceeding', { ...mine, id: 'p-1' }, { origin: 'RingOut' }),
      step(3, 5, 'Proceeding', outsider, { origin: 'RingOut' }),
    )
    expect(call.legs.map((leg) => selectDirection(leg))).toEqual(['Outbound', 'Inbound'])
    expect(selectCaller(call)?.id).toBe('p-1')
  })

  it.each([
    ['a later party, when the first cannot be seen', mine, [], 'RingOut'],
    ['somebody outside', { ...outsider, id: 'p-1' }, [], 'RingOut'],
    [
      'the first where another is told to be',
      { ...mine, id: 'p-1' },
      [{ ...colleague, ringOutRole: 'Initiator' }],
      'RingOut',
    ],
    ['the first where another is seen to call', { ...mine, id: 'p-1' }, [{ ...caller, id: 'p-2' }], 'RingOut'],
    ['the first of another sort of call', { ...mine, id: 'p-1' }, [], 'Call'],
  ] as const)('nobody is taken for who asked for it: not %s', (_, first, others, origin) => {
    const call = callOf(
      ...[first, ...others].map((who, index) => step(index + 2, index, 'Proceeding', who, { origin })),
    )
    expect(selectDirection(legOf(call, first.id))).toBe('Inbound')
  })

  it('the one who calls is the caller', () => {
    const call = callOf(
      step(2, 0, 'Proceeding', { ...mine, ringOutRole: 'Initiator' }, { origin: 'RingOut' }),
      step(3, 5, 'Proceeding', { ...outsider, id: 'p-3', ringOutRole: 'Target' }, { origin: 'RingOut' }),
    )
    expect(selectCaller(call)?.id).toBe('p-2')
  })
})

describe('who calls', () => {
  it('is the party that says so', () => {
    const call = callOf(step(2, 0, 'Setup', caller), step(3, 5, 'Setup', mine))
    expect(call.legs.map((leg) => selectDirection(leg))).toEqual(['Outbound', 'Inbound'])
    expect(selectCaller(call)?.id).toBe('p-1')
  })

  it('is the first of several as the platform counted them, whichever was seen first', () => {
    const outbound = (id: string) => ({ ...caller, id })
    const call = callOf(step(2, 0, 'Setup', outbound('p-10')), step(3, 5, 'Setup', outbound('p-2')))
    expect(selectCaller(call)?.id).toBe('p-2')
  })

  it('is unknown while nothing of them was seen', () => {
    expect(selectCaller(callOf(step(3, 5, 'Setup', mine)))).toBeUndefined()
  })

  it('is not a party that says nothing', () => {
    const call = callOf(step(3, 5, 'Setup', { ...mine, direction: undefined }))
    expect(selectDirection(legOf(call, 'p-2'))).toBe('Inbound')
  })
})

describe('C7 of several legs of mine', () => {
  const leg = (id: string) => ({ ...mine, id })
  const shown = (...events: readonly TelephonyNotification[]) =>
    selectCurrent(selectMine(callOf(...events), MY_EXTENSION_ID))?.id

  it('the first that has not ended matters', () => {
    const both = [step(2, 0, 'Gone', leg('p-2')), step(3, 5, 'Setup', leg('p-4')), step(4, 9, 'Hold', leg('p-3'))]
    expect(shown(...both)).toBe('p-3')
  })

  it('one that was last heard of before a later one began is taken for ended', () => {
    const first = [step(2, 0, 'Proceeding', leg('p-2')), step(3, 5, 'Proceeding', leg('p-3'))]
    expect(shown(...first)).toBe('p-3')
    expect(shown(...first, step(4, 9, 'Answered', leg('p-2')))).toBe('p-2')
  })

  it('one that was heard of since is not, be it in the same state', () => {
    const first = [step(2, 0, 'Proceeding', leg('p-2')), step(3, 5, 'Proceeding', leg('p-3'))]
    expect(shown(...first, step(4, 9, 'Proceeding', leg('p-2')))).toBe('p-2')
  })

  it('the last matters when all have ended', () => {
    expect(shown(step(2, 0, 'Gone', leg('p-3')), step(3, 5, 'Gone', leg('p-2')))).toBe('p-3')
  })

  it('the order is the number at the end of the id, not what was seen first, nor the order of letters', () => {
    expect(shown(step(2, 0, 'Setup', leg('p-10')), step(3, 5, 'Setup', leg('p-9')))).toBe('p-9')
    expect(shown(step(2, 0, 'Gone', leg('p-10')), step(3, 5, 'Gone', leg('p-9')))).toBe('p-10')
    const call = callOf(step(2, 0, 'Setup', leg('p-10')), step(3, 5, 'Setup', leg('p-9')))
    expect(selectMine(call, MY_EXTENSION_ID).map(({ id }) => id)).toEqual(['p-9', 'p-10'])
  })

  it('those of others are none of them', () => {
    expect(shown(step(2, 0, 'Setup', colleague), step(3, 5, 'Setup', caller))).toBeUndefined()
  })
})

it('a single leg needs no order', () => {
  const legs = [onlyLegOf(step(2, 0, 'Setup', mine))]
  expect(sortLegs(legs)).toBe(legs)
})
