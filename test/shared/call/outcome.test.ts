import { describe, expect, it } from 'vitest'
import { OUTCOMES } from '../../../shared/call/outcome.ts'
import { selectDirection } from '../../../shared/call/roles.ts'
import { callOf, mine, outsider } from './cast.ts'
import { ELSEWHERE } from './outcome-stories/elsewhere.ts'
import { IN_VAIN } from './outcome-stories/in-vain.ts'
import { outcomeOf, rung, type Story, tell } from './outcome-stories/story.ts'
import { TAKEN } from './outcome-stories/taken.ts'

const cases = [...TAKEN, ...ELSEWHERE, ...IN_VAIN]

describe('how my part in a call came out:', () => {
  it.each(cases)('%s: %s', (_, outcome, story) => {
    expect(outcomeOf(story)).toBe(outcome)
  })
})

describe('which outcome fits first', () => {
  /** Reasons that one phone each may give, in the order in which their outcomes come. */
  const order = [
    ['Voicemail', 'voicemail'],
    ['CallReplied', 'replied'],
    ['Rejected', 'rejected'],
    ['AgentAnswered', 'answeredElsewhere'],
    ['TargetBusy', 'busy'],
    ['NoSuchUser', 'failed'],
    ['Cancelled', 'callerGaveUp'],
    ['NoAnswer', 'missed'],
  ] as const
  const pairs = order.flatMap(([reason, outcome], index) =>
    order.slice(index + 1).map(([later]) => [reason, later, outcome] as const),
  )

  it.each(pairs)('of %s on one phone of mine and %s on another: %s', (reason, later, outcome) => {
    const second = { ...mine, id: 'p-4' }
    const story: Story = [
      ...rung,
      [second, 'Proceeding'],
      [second, 'Disconnected', reason],
      [mine, 'Disconnected', later],
    ]
    expect(outcomeOf(story)).toBe(outcome)
  })
})

it('by RingOut my own phone is rung first, and the call is mine all the same', () => {
  const me = { ...mine, ringOutRole: 'Initiator' }
  const called = { ...outsider, id: 'p-3', ringOutRole: 'Target' }
  const story: Story = [
    [me, 'Answered'],
    [called, 'Proceeding'],
    [called, 'Disconnected', 'TargetBusy'],
    [me, 'Disconnected'],
  ]
  const call = callOf(...tell(story))
  expect(call.legs.map((leg) => selectDirection(leg))).toEqual(['Outbound', 'Inbound'])
  expect(outcomeOf(story)).toBe('busy')
})

it('every outcome is reached by one of these stories', () => {
  expect(new Set(cases.map(([, outcome]) => outcome))).toEqual(new Set(OUTCOMES))
})
