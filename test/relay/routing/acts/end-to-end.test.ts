import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ActNotice } from '../../../../shared/protocol/act.ts'
import type { BoardAnswer } from '../../../../shared/protocol/http/board.ts'
import { ROUTES } from '../../../../shared/protocol/http/routes.ts'
import type { RoutingAnswer } from '../../../../shared/protocol/http/routing.ts'
import type { LogEvent } from '../../../../shared/protocol/wire.ts'
import { SECOND_MS } from '../../../../shared/time.ts'
import { personByExtensionId } from '../../../platform/people.ts'
import { eventually } from '../../../support/eventually.ts'
import { askRelay } from '../../control/relay-client.ts'
import { signIn } from '../../support/sign-in-flow.ts'
import { openStream, type StreamClient } from '../../support/stream-client.ts'
import { BEA, INES, NOOR, type RulesScene, SALES, SAM, SERVICE, startRulesScene } from './rules-scene.ts'

/** From the delivery of an event to the call that moves, and back to who is told of it. */

const DEVICE = personByExtensionId(SERVICE).deviceId
const FORWARD = '+14085550123'
const MAILBOX = '+14085550177'
const TRANSFER = '+12065550147'
const REPLY = '+442079460018'
const ALERT = '+12065550144'
const ASSIST = '+14085550188'
const BALL = '+12065550111'

const rule = (name: string, caller: string, act: object, more: object = {}) => ({
  name,
  when: { caller: [caller], extensions: [BEA], ...more },
  do: [act],
})
const RULES = {
  timeZone: 'America/Los_Angeles',
  rules: [
    rule('To Sam', FORWARD, { forward: { extensionId: SAM } }),
    { name: 'Past the queue', when: { caller: [FORWARD], queues: [SALES] }, do: [{ forward: { extensionId: INES } }] },
    rule('Mailbox', MAILBOX, { forward: { voicemail: BEA } }),
    rule('Outside', TRANSFER, { transfer: { phoneNumber: '+14085550199' } }),
    rule('Later', REPLY, { reply: 'We call you back' }),
    { ...rule('Tell Noor', ALERT, { alert: { to: NOOR, text: 'A key account' } }), goOn: true },
    rule('Tell all', ALERT, { alert: { to: 'watchers', text: 'It rings' } }),
    rule('Assist', ASSIST, { supervise: { deviceId: DEVICE, channels: 2 } }),
    { ...rule('There', BALL, { forward: { extensionId: SAM } }), goOn: true },
    {
      name: 'And back',
      when: { caller: [BALL], extensions: [SAM] },
      do: [{ forward: { extensionId: BEA } }],
      goOn: true,
    },
  ],
}

let scene: RulesScene
const streams: StreamClient[] = []

async function ring(from: string, to: string = BEA) {
  const call = scene.platform.placeCall({ from, to })
  await scene.pass(SECOND_MS)
  return call
}

/** Notices that somebody was sent of a session. */
async function watch(extensionId: string, view?: 'mine' | 'watched') {
  const { token } = await signIn(scene.fixture, extensionId)
  const stream = await openStream(scene.fixture.relay.url)
  streams.push(stream)
  stream.hello(token, null, view)
  await stream.welcome()
  const events = () =>
    stream.frames.flatMap((frame) => (JSON.parse(frame) as { events?: readonly LogEvent[] }).events ?? [])
  return {
    token,
    notices: (telephonySessionId: string): readonly ActNotice[] =>
      events().flatMap((event) =>
        'act' in event && event.act.telephonySessionId === telephonySessionId ? [event.act] : [],
      ),
    sees: (telephonySessionId: string) =>
      events().some((event) => 'notification' in event && JSON.stringify(event).includes(telephonySessionId)),
  }
}
const closeStreams = () => Promise.all(streams.splice(0).map((stream) => stream.close()))

describe('what rules want is done', () => {
  beforeAll(async () => {
    scene = await startRulesScene(RULES)
  })
  afterEach(closeStreams)
  afterAll(() => scene.close())

  it('a ringing call is sent on: as the relay’s own user while nobody is signed in, and as whose leg it is then', async () => {
    const before = scene.requests().length
    const first = await ring(FORWARD)
    expect(await scene.results(first.telephonySessionId, 1)).toMatchObject([
      { by: { rule: 'To Sam' }, act: 'forward', to: { extensionId: SAM }, caller: FORWARD, outcome: 'done' },
    ])
    expect((await scene.acts(first.telephonySessionId))[0]).not.toHaveProperty('asWhom')
    await scene.pass(SECOND_MS)
    first.answer(SAM)
    expect(first.state()).toBe('talking')
    const { token } = await signIn(scene.fixture, BEA)
    const second = await ring(FORWARD)
    expect(await scene.results(second.telephonySessionId, 1)).toMatchObject([{ outcome: 'done', asWhom: BEA }])
    expect(scene.requests().length).toBe(before + 2)
    // Signed out, so that the others are asked as the relay.
    await askRelay(scene.fixture, token, 'DELETE', '/auth/token')
  })

  it('a caller who waits in a queue is sent past it, and no agent rings for them any more', async () => {
    const call = await ring(FORWARD, SALES)
    expect(await scene.results(call.telephonySessionId, 1)).toMatchObject([{ act: 'forward', outcome: 'done' }])
    await scene.pass(SECOND_MS)
    call.answer(INES)
    await scene.pass(SECOND_MS)
    expect(call.state()).toBe('talking')
    const ringing = scene.platform.truth().legs.filter((leg) => leg.telephonySessionId === call.telephonySessionId)
    expect(ringing.length).toBeGreaterThan(2)
  })

  it('a call goes to a mailbox, and one is answered with a text', async () => {
    const mailbox = await ring(MAILBOX)
    const reply = await ring(REPLY)
    expect(await scene.results(mailbox.telephonySessionId, 1)).toMatchObject([
      { to: { voicemail: BEA }, outcome: 'done' },
    ])
    expect(await scene.results(reply.telephonySessionId, 1)).toMatchObject([
      { text: 'We call you back', outcome: 'done' },
    ])
    expect(mailbox.state()).toBe('leaving a message')
    expect(reply.state()).toBe('ended')
  })

  it('a connected call is transferred, and an agent’s is heard by a device, once it is answered', async () => {
    scene.platform.grants.give(SERVICE, 'callMonitoring', [BEA])
    const transfer = await ring(TRANSFER)
    const assist = await ring(ASSIST)
    expect(await scene.acts(transfer.telephonySessionId)).toEqual([])
    transfer.answer()
    assist.answer()
    await scene.pass(SECOND_MS)
    expect(await scene.results(transfer.telephonySessionId, 1)).toMatchObject([{ act: 'transfer', outcome: 'done' }])
    expect(await scene.results(assist.telephonySessionId, 1)).toMatchObject([
      { act: 'supervise', deviceId: DEVICE, outcome: 'done' },
    ])
    await scene.pass(SECOND_MS)
  })

  it('two rules that send a call to each other do so once each', async () => {
    const call = await ring(BALL)
    await scene.results(call.telephonySessionId, 1)
    await scene.pass(SECOND_MS)
    expect(await scene.results(call.telephonySessionId, 2)).toMatchObject([
      { by: { rule: 'There' }, to: { extensionId: SAM }, outcome: 'done' },
      { by: { rule: 'And back' }, to: { extensionId: BEA }, outcome: 'done' },
    ])
    await scene.pass(SECOND_MS)
    const other = await ring(FORWARD)
    await scene.results(other.telephonySessionId, 1)
    expect(await scene.acts(call.telephonySessionId)).toHaveLength(2)
  })

  it('and told to whom the call was sent and from whom, to who watches it and to whom a rule alerts, and to nobody else', async () => {
    const [sam, bea, ines, noor] = [await watch(SAM), await watch(BEA), await watch(INES, 'watched'), await watch(NOOR)]
    const call = await ring(FORWARD)
    const { telephonySessionId } = call
    await scene.results(telephonySessionId, 1)
    const sent = { telephonySessionId, kind: 'sent', rule: 'To Sam', to: SAM, from: BEA }
    await eventually(() =>
      expect([sam, bea, ines].map((one) => one.notices(telephonySessionId))).toEqual([[sent], [sent], [sent]]),
    )
    const alerted = await ring(ALERT)
    const told = { telephonySessionId: alerted.telephonySessionId, kind: 'alert', caller: ALERT }
    const toNoor = { ...told, rule: 'Tell Noor', to: NOOR, text: 'A key account' }
    const toAll = { ...told, rule: 'Tell all', to: 'watchers', text: 'It rings' }
    await eventually(() => expect(noor.notices(alerted.telephonySessionId)).toEqual([toNoor]))
    await eventually(() => expect(ines.notices(alerted.telephonySessionId)).toEqual([toAll]))
    await eventually(() => expect(bea.sees(alerted.telephonySessionId)).toBe(true))
    expect(noor.sees(alerted.telephonySessionId)).toBe(false)
    expect(noor.notices(telephonySessionId)).toEqual([])
    expect([bea, sam].map((one) => one.notices(alerted.telephonySessionId))).toEqual([[], []])

    const board = (await (await askRelay(scene.fixture, ines.token, 'GET', ROUTES.board)).json()) as BoardAnswer
    const shown = board.events.flatMap((event) => ((event as { act?: ActNotice }).act ?? []) as ActNotice[])
    expect(shown).toContainEqual(sent)
    expect(shown).toContainEqual(toAll)
    expect(shown).not.toContainEqual(toNoor)
    const events = ROUTES.sessionEvents.replace(':telephonySessionId', alerted.telephonySessionId)
    expect((await askRelay(scene.fixture, noor.token, 'GET', events)).status).toBe(404)
    const routing = (await (await askRelay(scene.fixture, ines.token, 'GET', ROUTES.routing)).json()) as RoutingAnswer
    expect(routing.rules.find(({ name }) => name === 'Tell all')?.hits).toMatchObject([
      { outcome: 'done', caller: ALERT },
    ])
  })
})

describe('what RingCentral does not do', () => {
  const ONE = { rules: [rule('To Sam', FORWARD, { forward: { extensionId: SAM } })] }
  afterEach(async () => {
    await closeStreams()
    await scene.close()
  })

  it('is asked for as the relay’s own user where the person may not, and by nobody for an hour where neither may', async () => {
    scene = await startRulesScene(ONE)
    await signIn(scene.fixture, BEA)
    scene.platform.misbehave.takePermission('CallControl', BEA)
    const first = await ring(FORWARD)
    expect(await scene.results(first.telephonySessionId, 1)).toMatchObject([{ outcome: 'done' }])
    expect(scene.requests().map(({ status }) => status)).toEqual([403, 200])
    const forbidden = { status: 403, errorCode: 'CMN-408' } as const
    scene.platform.misbehave.answerRequests(/\/forward$/, forbidden, { times: 1 })
    const second = await ring(FORWARD)
    expect(await scene.results(second.telephonySessionId, 1)).toMatchObject([
      { outcome: 'refused', status: 403, words: 'The request could not be carried out' },
    ])
    const third = await ring(FORWARD)
    expect(await scene.results(third.telephonySessionId, 1)).toMatchObject([{ outcome: 'refused', status: 403 }])
    expect(scene.requests().map(({ status }) => status)).toEqual([403, 200, 403])
    expect([second.state(), third.state()]).toEqual(['ringing', 'ringing'])
  })

  it('is too late, and not asked for again, when the call is in another state by then', async () => {
    scene = await startRulesScene(ONE)
    const stop = scene.platform.misbehave.answerRequests(
      /\/forward$/,
      { status: 409, errorCode: 'TAS-106' },
      { times: 1 },
    )
    const call = await ring(FORWARD)
    expect(await scene.results(call.telephonySessionId, 1)).toMatchObject([{ outcome: 'tooLate', status: 409 }])
    stop()
    const next = await ring(FORWARD)
    expect(await scene.results(next.telephonySessionId, 1)).toMatchObject([{ outcome: 'done' }])
    expect(scene.requests()).toHaveLength(2)
    expect(await scene.acts(call.telephonySessionId)).toHaveLength(1)
  })

  it('waits as RingCentral says, and is done then if the rule still holds', async () => {
    scene = await startRulesScene(ONE)
    const limited = { status: 429, errorCode: 'CMN-301', retryAfterS: 20 } as const
    scene.platform.misbehave.answerRequests(/\/forward$/, limited, { times: 1 })
    const [rings, gone] = [await ring(FORWARD), await ring(FORWARD)]
    expect(await scene.results(rings.telephonySessionId, 1)).toMatchObject([
      { outcome: 'limited', retryAfterMs: 20_000 },
    ])
    expect(await scene.results(gone.telephonySessionId, 1)).toMatchObject([{ outcome: 'limited' }])
    expect(scene.requests()).toHaveLength(1)
    gone.answer()
    await scene.pass(5 * SECOND_MS)
    expect(scene.requests()).toHaveLength(1)
    await scene.pass(16 * SECOND_MS)
    expect((await scene.results(rings.telephonySessionId, 2))[1]).toMatchObject({ outcome: 'done' })
    expect(scene.requests().map(({ status }) => status)).toEqual([429, 200])
    expect(gone.state()).toBe('talking')
    expect(await scene.acts(gone.telephonySessionId)).toHaveLength(1)
  })

  it('or did, without an answer, is unknown and not asked for again', async () => {
    scene = await startRulesScene(ONE)
    scene.platform.misbehave.resetRequests(/\/forward$/, { times: 1, isCarriedOut: true })
    const call = await ring(FORWARD)
    expect(await scene.results(call.telephonySessionId, 1)).toMatchObject([{ outcome: 'unknown' }])
    await scene.pass(SECOND_MS)
    const next = await ring(FORWARD)
    expect(await scene.results(next.telephonySessionId, 1)).toMatchObject([{ outcome: 'done' }])
    expect(scene.requests().map(({ status }) => status)).toEqual([0, 200])
  })
})
