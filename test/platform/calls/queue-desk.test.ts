import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ControlScene, startControlScene } from '../api/control-scene.ts'
import { NORTHWIND } from '../company.ts'
import { personByExtensionId } from '../people.ts'
import { type Queue, type QueueSettings, SALES } from '../queue.ts'
import { logIn, refusalOf } from '../test-client.ts'
import type { Call } from './call.ts'

/** A queue as its callers meet it: who is rung for whom and for how long, and where the queue sends whom it does not keep. */

const [BEA, SAM, NOOR, INES] = ['400102', '400104', '400103', '400101'] as const
const ADA = '+14085550123'
const GRACE = '+12065550147'

const SUPPORT: Queue = {
  ...SALES,
  extensionId: '400196',
  extensionNumber: '196',
  name: 'Support',
  phoneNumber: '+18005550196',
}

let scene: ControlScene

/** A queue of its own for each test, on a clock that stands still. */
async function open(settings: Partial<QueueSettings>, agents: readonly string[] = [BEA, SAM, NOOR]): Promise<void> {
  const queue: Queue = {
    ...SALES,
    agents: agents.map(personByExtensionId),
    settings: { ...SALES.settings, transferMode: 'Rotating', ringsBusyAgents: false, agentTimeoutS: 15, ...settings },
  }
  scene = await startControlScene({
    company: { ...NORTHWIND, queues: [queue, { ...SUPPORT, agents: [personByExtensionId(INES)] }] },
    nowMs: () => Date.parse('2026-02-09T14:00:00Z'),
    isPacedByClock: true,
  })
}
afterEach(() => scene.close())

const enter = (from = ADA): Call => scene.platform.placeCall({ from, to: SALES.extensionId })
const pass = (seconds: number) => scene.platform.passTime(seconds * 1000)
const story = ({ telephonySessionId }: Call) => scene.story(telephonySessionId)
const rungFor = ({ telephonySessionId }: Call) =>
  scene.events(telephonySessionId).flatMap(({ body: { parties } }) => {
    const [party] = parties
    return party?.queueCall === true && party.status.code === 'Proceeding' ? [party.extensionId] : []
  })

describe('a queue that rings one agent after the other', () => {
  beforeEach(() => open({}))

  test('greets, rings each for as long as it is set to, and hands over to who picks up', async () => {
    const call = enter()
    await pass(2)
    expect(story(call)).toEqual(['2 -1 Setup', '3 -2 Setup', '4 -1 Answered', '5 -2 Answered'])
    await pass(20)
    call.answer(SAM)
    await pass(40)
    call.hangUp('caller')
    await pass(1)
    expect(story(call).slice(4)).toEqual([
      '6 -3 Proceeding',
      '7 -3 Disconnected NoAnswer',
      '8 -4 Proceeding',
      '9 -4 Answered',
      '10 -2 Disconnected AgentAnswered',
      '11 -1 Disconnected',
      '12 -4 Disconnected',
    ])
  })

  test('goes on ringing until somebody picks up, each agent as a party of its own every time', async () => {
    const call = enter()
    await pass(2 + 4 * 15)
    expect(rungFor(call)).toEqual([BEA, SAM, NOOR, BEA])
  })

  test('rings nobody who is on the phone, and the longest idle first', async () => {
    const talk = scene.platform.placeCall({ from: GRACE, to: BEA })
    talk.answer()
    await pass(5)
    const call = enter()
    await pass(5)
    talk.hangUp('caller')
    await pass(30)
    expect(rungFor(call)).toEqual([SAM, NOOR, BEA])
  })

  test('rings different agents for callers who wait at the same time, and has the rest wait for the next', async () => {
    const calls = [enter(), enter(GRACE), enter('+442079460018'), enter('+14085550177')]
    await pass(5)
    expect(calls.map(rungFor)).toEqual([[BEA], [SAM], [NOOR], []])
    calls[0]?.answer(BEA)
    calls[1]?.hangUp('caller')
    await pass(5)
    expect(rungFor(calls[3] as Call)).toEqual([SAM])
  })

  test('leaves an agent alone for the wrap-up after a call, and five seconds after a refusal', async () => {
    const first = enter()
    await pass(5)
    first.answer(BEA)
    await pass(2)
    first.hangUp('caller')
    const second = enter(GRACE)
    await pass(5)
    second.answer(SAM)
    const third = enter()
    await pass(5)
    third.hangUp('agent')
    await pass(3)
    expect(rungFor(third)).toEqual([NOOR])
    expect(story(third)).toContain('7 -3 Disconnected Rejected')
    await pass(3)
    expect(rungFor(third)).toEqual([NOOR, BEA])
  })

  test('stops ringing when the caller gives up', async () => {
    const call = enter()
    await pass(5)
    call.hangUp('caller')
    await pass(60)
    expect(story(call).slice(4)).toEqual([
      '6 -3 Proceeding',
      '7 -1 Disconnected',
      '8 -2 Disconnected',
      '9 -3 Disconnected',
    ])
  })
})

test('a queue in fixed order begins with the same agent each time', async () => {
  await open({ transferMode: 'FixedOrder', wrapUpS: 0 })
  for (const from of [ADA, GRACE]) {
    const call = enter(from)
    await pass(5)
    expect(rungFor(call)).toEqual([BEA])
    call.answer(BEA)
    await pass(1)
    call.hangUp('caller')
    await pass(1)
  }
})

test('whoever waits too long leaves a message', async () => {
  await open({ holdS: 20 })
  const call = enter()
  await pass(40)
  call.hangUp('caller')
  await pass(1)
  expect(story(call).slice(4)).toEqual([
    '6 -3 Proceeding',
    '7 -3 Disconnected NoAnswer',
    '8 -4 Proceeding',
    '9 -4 Disconnected NoAnswer',
    '10 -2 VoiceMail',
    '11 -1 Disconnected',
    '12 -2 Disconnected',
  ])
})

test('a full queue sends the next caller to another queue, in the same session', async () => {
  await open({ maxCallers: 1, full: { toExtensionId: SUPPORT.extensionId } }, [NOOR])
  const first = enter()
  await pass(5)
  first.answer()
  await pass(1)
  const [waits, overflows] = [enter(GRACE), enter('+442079460018')]
  await pass(5)
  expect(rungFor(waits)).toEqual([])
  expect(story(overflows).slice(4)).toEqual([
    '6 -2 Disconnected CallRedirected',
    '7 -3 Setup',
    '8 -3 Answered',
    '9 -4 Proceeding',
  ])
  expect(rungFor(overflows)).toEqual([INES])
  expect(scene.events(overflows.telephonySessionId)[5]?.body.parties[0]?.extensionId).toBe(SUPPORT.extensionId)
})

test('an agent transfers a caller to another queue, where they wait as if they had called it', async () => {
  await open({})
  const call = enter()
  await pass(5)
  call.answer(BEA)
  await pass(5)
  const party = `/sessions/${call.telephonySessionId}/parties/${call.telephonySessionId.replace('s-', 'p-')}-3`
  await scene.ask(BEA, 'POST', `${party}/transfer`, { extensionId: SUPPORT.extensionId })
  expect(call.state()).toBe('ringing')
  await pass(1)
  expect(story(call).slice(6)).toEqual([
    '8 -2 Disconnected AgentAnswered',
    '9 -3 Disconnected BlindTransfer',
    '10 -4 Setup',
    '11 -4 Answered',
    '12 -5 Proceeding',
  ])
  expect(scene.platform.truth().queues.get(SUPPORT.extensionId)?.waiting).toMatchObject([
    { telephonySessionId: call.telephonySessionId, number: ADA, ringing: [INES] },
  ])
})

test('a caller waits until somebody is rung, and then leaves a message', async () => {
  await open({ holdS: 20 }, [])
  const call = enter()
  expect(call.state()).toBe('waiting')
  await pass(21)
  expect(call.state()).toBe('leaving a message')
  call.hangUp('caller')
  expect(call.state()).toBe('ended')
})

test('a full queue can send the next caller to a person', async () => {
  await open({ maxCallers: 1, full: { toExtensionId: INES } }, [])
  enter()
  const overflows = enter(GRACE)
  await pass(5)
  expect(story(overflows).slice(4)).toEqual(['6 -2 Disconnected CallRedirected', '7 -3 Setup', '8 -3 Proceeding'])
})

describe('the account’s own user', () => {
  /** As them, below the telephony path. */
  const ask = async (call: Call, party: number, operation: string, body: object) => {
    const { telephonySessionId: id } = call
    const url = `/restapi/v1.0/account/~/telephony/sessions/${id}/parties/${id.replace('s-', 'p-')}-${party}/${operation}`
    return (await logIn(scene.platform)).post(url, body)
  }

  test('takes a waiting caller out of a queue, whose leg is connected, and who is rung for them is no longer', async () => {
    await open({})
    const call = enter()
    await pass(5)
    const forwarded = ask(call, 2, 'forward', { extensionId: INES })
    expect(await refusalOf(forwarded)).toEqual({ status: 409, errorCode: 'TAS-106' })
    await ask(call, 2, 'transfer', { extensionId: INES })
    await pass(60)
    expect(story(call).slice(4)).toEqual([
      '6 -3 Proceeding',
      '7 -2 Disconnected BlindTransfer',
      '8 -4 Setup',
      '9 -4 Proceeding',
      '10 -3 Disconnected NoAnswer',
    ])
    expect(scene.platform.truth().queues.get(SALES.extensionId)?.waiting).toEqual([])
  })

  test('takes one out of a queue that rings all its agents, whose leg rings', async () => {
    await open({ transferMode: 'Simultaneous' }, [BEA, SAM])
    const call = enter()
    await pass(1)
    await ask(call, 2, 'forward', { extensionId: INES })
    await pass(60)
    expect(rungFor(call)).toEqual([BEA, SAM])
    const over = scene.events(call.telephonySessionId).flatMap(({ body: { parties } }) => parties)
    expect(over.filter(({ status }) => status.reason === 'NoAnswer').map(({ extensionId }) => extensionId)).toEqual([
      BEA,
      SAM,
    ])
    expect(call.state()).toBe('ringing')
  })

  test('sends on the offer of one agent, and the queue goes on with the next', async () => {
    await open({})
    const call = enter()
    await pass(5)
    await ask(call, 3, 'forward', { extensionId: INES })
    await pass(5)
    expect(story(call).slice(4)).toEqual([
      '6 -3 Proceeding',
      '7 -3 Disconnected BlindTransfer',
      '8 -4 Proceeding',
      '9 -5 Setup',
      '10 -5 Proceeding',
    ])
    expect(rungFor(call)).toEqual([BEA, SAM])
    call.answer(SAM)
    await pass(1)
    expect(scene.platform.truth().queues.get(SALES.extensionId)?.waiting).toEqual([])
  })
})
