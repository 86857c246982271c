import { describe, expect, it } from 'vitest'
import { type Actions, createActions } from '../../../../entrypoints/background/actions/actions.ts'
import { CONFIRM_MS } from '../../../../entrypoints/background/actions/asked-actions.ts'
import { createDevices } from '../../../../entrypoints/background/actions/devices.ts'
import { createRights, type DeniedKind } from '../../../../entrypoints/background/actions/rights.ts'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { accepted, createFakeRelay, desk, problem, soft } from '../../lib/relay/fake-relay.ts'
import { buildRow } from './build-row.ts'

/** A person with one phone and one call. */
async function begin(
  first: Partial<CallRow> = { phase: 'talking' },
  denied: readonly DeniedKind[] = [],
  phones: readonly object[] = [desk()],
) {
  const relay = createFakeRelay((line) => (line === 'GET /v1/devices' ? Response.json({ devices: phones }) : undefined))
  const clock = createManualClock()
  let kept = denied
  let chosen: string | undefined
  const devices = createDevices({
    client: relay.client,
    clock,
    preferred: () => chosen,
    onChange: () => {},
  })
  const actions: Actions = createActions({
    client: relay.client,
    devices,
    rights: createRights(
      {
        getValue: async () => kept,
        setValue: async (next) => {
          kept = next
        },
      },
      () => {},
    ),
    extensionId: '400102',
    country: 'US',
    chosenPhone: () => chosen,
    choosePhone: (deviceId) => {
      chosen = deviceId
    },
    describe: ({ code, reason }) => [code, reason].filter(Boolean).join(': '),
    onChange: () => {},
    clock,
  })
  await devices.refresh()
  let row = buildRow(first)
  actions.refresh([row])
  const asked = () => relay.sent.filter(({ line }) => line !== 'GET /v1/devices')
  return {
    actions,
    clock,
    asked,
    row: () => row,
    offered: () => actions.offered(row),
    kept: () => kept,
    /** An event changes the call. */
    tell: (changes: Partial<CallRow>, ...others: readonly CallRow[]) => {
      row = { ...row, ...changes }
      actions.refresh([row, ...others])
    },
    /** The relay answers the last request. */
    respond: async (work: Promise<void>, response: Response) => {
      asked().at(-1)?.respond(response)
      await work
    },
  }
}

describe('a request', () => {
  it('is pending from the click until an event shows what it did', async () => {
    const { actions, row, offered, tell, respond, clock } = await begin()
    const work = actions.act(row(), { kind: 'hold' })
    expect(offered()).toMatchObject({ pending: ['hold'], refusal: undefined })
    await respond(work, accepted())
    expect(offered().pending).toEqual(['hold'])
    tell({ phase: 'onHold' })
    expect(offered()).toMatchObject({
      pending: [],
      refusal: undefined,
      kinds: ['resume', 'transfer', 'askFirst', 'park', 'raiseHand', 'hangUp'],
    })
    expect(clock.waits()).toEqual([])
  })

  it('is over with the event, also when that is faster than the answer', async () => {
    const { actions, row, offered, tell, respond, clock } = await begin()
    const work = actions.act(row(), { kind: 'mute' })
    tell({ isMuted: true })
    expect(offered().pending).toEqual([])
    await respond(work, problem(504, 'ringcentral_silent'))
    expect(offered()).toMatchObject({ pending: [], refusal: undefined })
    expect(clock.waits()).toEqual([])
  })

  it('is made once, however often the button is pressed, and others beside it', async () => {
    const { actions, row, offered, asked } = await begin()
    void actions.act(row(), { kind: 'hold' })
    void actions.act(row(), { kind: 'hold' })
    void actions.act(row(), { kind: 'hangUp' })
    expect(asked().map(({ line }) => line)).toEqual([
      'POST /v1/sessions/s-1/parties/p-1/hold',
      'DELETE /v1/sessions/s-1/parties/p-1',
    ])
    expect(offered().pending).toEqual(['hold', 'hangUp'])
  })

  it('that no event confirms says so, is not made again, and is forgotten when the event comes after all', async () => {
    const { actions, row, offered, asked, tell, respond, clock } = await begin()
    await respond(actions.act(row(), { kind: 'park' }), accepted())
    expect(clock.waits()).toEqual([CONFIRM_MS])
    clock.advance(CONFIRM_MS)
    expect(offered()).toMatchObject({ pending: [], refusal: 'unconfirmed' })
    expect(asked()).toHaveLength(1)
    tell({ phase: 'parked' })
    expect(offered().refusal).toBeUndefined()
  })

  it('that was refused says why until the next one or until the call goes on', async () => {
    const { actions, row, offered, tell, respond } = await begin()
    await respond(actions.act(row(), { kind: 'hold' }), problem(409, 'wrong_state', { reason: 'It is parked.' }))
    expect(offered()).toMatchObject({ pending: [], refusal: 'wrong_state: It is parked.' })
    const next = actions.act(row(), { kind: 'mute' })
    expect(offered().refusal).toBeUndefined()
    await respond(next, problem(502, 'ringcentral_failed'))
    expect(offered().refusal).toBe('ringcentral_failed')
    tell({ phase: 'ended' })
    expect(offered().refusal).toBeUndefined()
  })

  it('for what the state does not offer is not made', async () => {
    const { actions, row, asked } = await begin({ phase: 'ringing' })
    await actions.act(row(), { kind: 'hold' })
    expect(asked()).toEqual([])
  })

  it('that names nobody is refused before anything is asked', async () => {
    const { actions, row, offered, asked } = await begin()
    await actions.act(row(), { kind: 'transfer', to: 'somebody' })
    expect(offered()).toMatchObject({ pending: [], refusal: 'no_target' })
    expect(asked()).toEqual([])
  })

  it('of a call that is gone is forgotten with it', async () => {
    const { actions, row, offered, respond, clock } = await begin()
    await respond(actions.act(row(), { kind: 'hold' }), accepted())
    actions.refresh([])
    expect(offered().pending).toEqual([])
    expect(clock.waits()).toEqual([])
  })
})

describe('what RingCentral does not allow', () => {
  it('is not offered again, and the rest is', async () => {
    const { actions, row, offered, respond, kept } = await begin()
    await respond(actions.act(row(), { kind: 'record' }), problem(403, 'permission_missing'))
    expect(offered()).toMatchObject({
      kinds: ['hold', 'mute', 'transfer', 'askFirst', 'park', 'raiseHand', 'hangUp'],
      refusal: 'permission_missing',
    })
    expect(kept()).toEqual(['record'])
  })

  it('to the app is everything', async () => {
    const { actions, row, offered, respond } = await begin()
    await respond(actions.act(row(), { kind: 'hold' }), problem(403, 'app_permission_missing'))
    expect(offered()).toMatchObject({ kinds: [], refusal: 'app_permission_missing' })
  })

  it('is remembered from before', async () => {
    const { offered } = await begin({ phase: 'talking' }, ['park', 'transfer', 'askFirst'])
    expect(offered().kinds).toEqual(['hold', 'mute', 'record', 'raiseHand', 'hangUp'])
  })

  it('is no matter of the call being in the wrong state', async () => {
    const { actions, row, offered, respond } = await begin()
    await respond(actions.act(row(), { kind: 'hold' }), problem(409, 'wrong_state'))
    expect(offered().kinds).toContain('hold')
  })
})

describe('a call back', () => {
  const ended = { phase: 'ended', outcome: 'missed' } as const

  it('rings the own phone first and is pending until the new call shows', async () => {
    const { actions, row, offered, asked, tell, respond } = await begin(ended)
    expect(offered().canCallBack).toBe(true)
    const work = actions.callBack(row())
    expect(offered().pending).toEqual(['callBack'])
    await expect.poll(asked).toMatchObject([{ line: 'POST /v1/calls', body: { deviceId: 'd-1', to: '+14085550123' } }])
    await respond(work, Response.json({ telephonySessionId: 's-2' }, { status: 202 }))
    expect(offered().pending).toEqual(['callBack'])
    tell({}, buildRow({ telephonySessionId: 's-2', direction: 'Outbound', phase: 'calling' }))
    expect(offered()).toMatchObject({ pending: [], refusal: undefined })
  })

  it('is not offered to a caller who withheld the number, nor during the call', async () => {
    expect((await begin({ ...ended, phoneNumber: undefined })).offered().canCallBack).toBe(false)
    expect((await begin({ phase: 'talking' })).offered().canCallBack).toBe(false)
  })

  it('waits for the user to choose one of several phones, which is asked once', async () => {
    const { actions, row, offered, asked, respond } = await begin(ended, [], [desk(), soft])
    expect(offered().undecidedPhones.map(({ id }) => id)).toEqual(['d-1', 'd-2'])
    await actions.callBack(row())
    expect(asked()).toEqual([])
    expect(offered().pending).toEqual([])
    const work = actions.callBack(row(), 'd-2')
    await expect.poll(asked).toMatchObject([{ line: 'POST /v1/calls', body: { deviceId: 'd-2', to: '+14085550123' } }])
    await respond(work, problem(502, 'ringcentral_failed'))
    expect(offered()).toMatchObject({ undecidedPhones: [], canCallBack: true })
    void actions.callBack(row())
    await expect.poll(() => asked().length).toBe(2)
    expect(asked()[1]).toMatchObject({ body: { deviceId: 'd-2' } })
  })

  it('asks nothing of somebody with one phone', async () => {
    expect((await begin(ended)).offered().undecidedPhones).toEqual([])
  })
})

describe('a call that rings while the user talks on another', () => {
  const ringing = () => buildRow({ phase: 'ringing', telephonySessionId: 's-new' })

  it('is answered once the other is on hold', async () => {
    const { actions, asked, tell, row, offered } = await begin()
    const next = ringing()
    tell({}, next)
    expect(actions.offered(next).isHoldingFirst).toBe(true)
    expect(offered().isHoldingFirst).toBe(false)
    const work = actions.act(next, { kind: 'answer', deviceId: 'd-1', isHoldingFirst: true })
    expect([actions.offered(next).pending, offered().pending]).toEqual([['answer'], ['hold']])
    await expect.poll(() => asked().length).toBe(1)
    expect(asked().map(({ line }) => line)).toEqual([expect.stringMatching(/^POST .*\/hold$/)])
    asked()[0]?.respond(accepted())
    await expect.poll(() => asked().length).toBe(2)
    expect(asked()[1]?.line).toMatch(/^POST .*s-new.*\/answer$/)
    asked()[1]?.respond(accepted())
    await work
    tell({ phase: 'onHold' }, next)
    expect(row().phase).toBe('onHold')
    expect(actions.offered(next).isHoldingFirst).toBe(false)
  })

  it('is not answered while the other cannot be put on hold, and says why', async () => {
    const { actions, asked, tell } = await begin()
    const next = ringing()
    tell({}, next)
    const work = actions.act(next, { kind: 'answer', deviceId: 'd-1', isHoldingFirst: true })
    await expect.poll(() => asked().length).toBe(1)
    asked()[0]?.respond(problem(502, 'ringcentral_failed'))
    await work
    expect(asked()).toHaveLength(1)
    expect(actions.offered(next)).toMatchObject({ pending: [], refusal: 'ringcentral_failed' })
  })

  it('is answered all the same when the other has ended meanwhile', async () => {
    const { actions, asked, tell } = await begin()
    const next = ringing()
    tell({}, next)
    const work = actions.act(next, { kind: 'answer', deviceId: 'd-1', isHoldingFirst: true })
    tell({ phase: 'ended' }, next)
    await expect.poll(() => asked().length).toBe(1)
    asked()[0]?.respond(problem(409, 'wrong_state'))
    await expect.poll(() => asked().length).toBe(2)
    asked()[1]?.respond(accepted())
    await work
    expect(actions.offered(next)).toMatchObject({ pending: ['answer'], refusal: undefined })
  })
})

describe('a question before a call is given away', () => {
  const SAM = {
    telephonySessionId: 's-2',
    partyId: 'p-2',
    direction: 'Outbound',
    phoneNumber: '104',
    startedMs: 9,
  } as const
  const question = (phase: CallRow['phase']) => buildRow({ ...SAM, phase })
  const lines = (asked: () => readonly { readonly line: string }[]) => asked().map(({ line }) => line)

  async function askSam(scene: Awaited<ReturnType<typeof begin>>): Promise<void> {
    const { actions, row, asked, tell } = scene
    const work = actions.act(row(), { kind: 'askFirst', to: '104' })
    await expect.poll(() => asked().length).toBe(1)
    asked()[0]?.respond(accepted())
    await expect.poll(() => asked().length).toBe(2)
    tell({ phase: 'onHold' })
    asked()[1]?.respond(Response.json({ telephonySessionId: 's-2' }, { status: 202 }))
    await work
  }

  it('puts the caller on hold, then calls who is asked, and is pending until that call shows', async () => {
    const scene = await begin({ phase: 'talking', startedMs: 1 })
    await askSam(scene)
    const { asked, offered, tell } = scene
    expect(asked()).toMatchObject([
      { line: 'POST /v1/sessions/s-1/parties/p-1/hold' },
      { line: 'POST /v1/calls', body: { deviceId: 'd-1', to: '104' } },
    ])
    expect(offered().pending).toEqual(['askFirst'])
    tell({}, question('calling'))
    expect(offered().pending).toEqual([])
  })

  it('asks once which of several phones rings, as calling back does', async () => {
    const scene = await begin({ phase: 'talking', startedMs: 1 }, [], [desk(), soft])
    const { actions, row, asked, offered, tell } = scene
    expect(offered().undecidedPhones.map(({ id }) => id)).toEqual(['d-1', 'd-2'])
    const work = actions.act(row(), { kind: 'askFirst', to: '104', deviceId: 'd-2' })
    expect(offered().undecidedPhones).toEqual([])
    await expect.poll(() => asked().length).toBe(1)
    asked()[0]?.respond(accepted())
    await expect.poll(() => asked().length).toBe(2)
    tell({ phase: 'onHold' })
    asked()[1]?.respond(Response.json({ telephonySessionId: 's-2' }, { status: 202 }))
    await work
    expect(asked()[1]).toMatchObject({ line: 'POST /v1/calls', body: { deviceId: 'd-2', to: '104' } })
  })

  it('goes from the phone on which the call was taken, whichever else was chosen, and asks nothing', async () => {
    const scene = await begin({ phase: 'ringing', startedMs: 1 }, [], [desk(), soft])
    const { actions, row, asked, offered, tell, respond } = scene
    await respond(actions.act(row(), { kind: 'answer', deviceId: 'd-2' }), accepted())
    tell({ phase: 'talking' })
    expect(offered().undecidedPhones).toEqual([])
    const work = actions.act(row(), { kind: 'askFirst', to: '104' })
    await expect.poll(() => asked().length).toBe(2)
    asked()[1]?.respond(accepted())
    await expect.poll(() => asked().length).toBe(3)
    tell({ phase: 'onHold' })
    asked()[2]?.respond(Response.json({ telephonySessionId: 's-2' }, { status: 202 }))
    await work
    expect(asked()[2]).toMatchObject({ line: 'POST /v1/calls', body: { deviceId: 'd-2', to: '104' } })
  })

  it('forgets with a call on which phone it was taken', async () => {
    const { actions, row, offered, tell, respond } = await begin({ phase: 'ringing' }, [], [desk(), soft])
    await respond(actions.act(row(), { kind: 'answer', deviceId: 'd-2' }), accepted())
    tell({ phase: 'talking', telephonySessionId: 's-9' })
    expect(offered().undecidedPhones).toHaveLength(2)
  })

  it('calls nobody while the caller cannot be put on hold', async () => {
    const { actions, row, asked, offered } = await begin({ phase: 'talking' })
    const work = actions.act(row(), { kind: 'askFirst', to: '104' })
    await expect.poll(() => asked().length).toBe(1)
    asked()[0]?.respond(problem(502, 'ringcentral_failed'))
    await work
    expect(asked()).toHaveLength(1)
    expect(offered()).toMatchObject({ pending: [], refusal: 'ringcentral_failed' })
  })

  it('names somebody who can be called', async () => {
    const { actions, row, asked, offered } = await begin({ phase: 'talking' })
    await actions.act(row(), { kind: 'askFirst', to: 'Sam' })
    expect(asked()).toEqual([])
    expect(offered().refusal).toBe('no_target')
  })

  it('is over by joining both, once it is answered', async () => {
    const scene = await begin({ phase: 'talking', startedMs: 1 })
    await askSam(scene)
    const { actions, asked, tell, respond } = scene
    tell({}, question('calling'))
    expect(actions.offered(question('calling')).kinds).toEqual(['returnToCaller', 'hangUp'])
    expect(actions.callerOf(question('calling'))?.telephonySessionId).toBe('s-1')
    tell({}, question('talking'))
    const work = actions.act(question('talking'), { kind: 'connect' })
    await respond(work, accepted())
    expect(asked().at(-1)).toMatchObject({
      line: 'POST /v1/sessions/s-1/parties/p-1/bridge',
      body: { telephonySessionId: 's-2', partyId: 'p-2' },
    })
    expect(actions.offered(question('talking')).pending).toEqual(['connect'])
    tell({ phase: 'ended' }, question('ended'))
    expect(actions.offered(question('ended'))).toMatchObject({ pending: [], refusal: undefined })
  })

  it('is over by going back to the caller, who is heard once it has ended', async () => {
    const scene = await begin({ phase: 'talking', startedMs: 1 })
    await askSam(scene)
    const { actions, asked, tell } = scene
    tell({}, question('talking'))
    const work = actions.act(question('talking'), { kind: 'returnToCaller' })
    await expect.poll(() => asked().length).toBe(3)
    asked()[2]?.respond(new Response(null, { status: 204 }))
    await expect.poll(() => asked().length).toBe(4)
    asked()[3]?.respond(accepted())
    await work
    expect(lines(asked).slice(2)).toEqual([
      'DELETE /v1/sessions/s-2/parties/p-2',
      'POST /v1/sessions/s-1/parties/p-1/unhold',
    ])
  })

  it('may be asked at the phone, of a colleague; somebody outside is put together with nobody by mistake', async () => {
    const { actions, tell } = await begin({ phase: 'onHold', startedMs: 1 })
    const outside = buildRow({ ...SAM, phoneNumber: '+12065550147', phase: 'talking' })
    tell({}, question('talking'))
    expect(actions.offered(question('talking')).kinds).toContain('connect')
    tell({}, outside)
    expect(actions.offered(outside).kinds).not.toContain('connect')
    expect(actions.offered(outside).kinds).toContain('transfer')
  })

  it('is none of a call that was there before the caller', async () => {
    const { actions, tell } = await begin({ phase: 'onHold', startedMs: 20 })
    tell({}, question('talking'))
    expect(actions.callerOf(question('talking'))).toBeUndefined()
  })

  it('goes on where the caller is talked to meanwhile, whom resuming puts it on hold for', async () => {
    const scene = await begin({ phase: 'talking', startedMs: 1 })
    await askSam(scene)
    const { actions, asked, tell, row } = scene
    tell({}, question('talking'))
    const work = actions.act(row(), { kind: 'resume' })
    await expect.poll(() => asked().length).toBe(3)
    asked()[2]?.respond(accepted())
    await expect.poll(() => asked().length).toBe(4)
    asked()[3]?.respond(accepted())
    await work
    expect(lines(asked).slice(2)).toEqual([
      'POST /v1/sessions/s-2/parties/p-2/hold',
      'POST /v1/sessions/s-1/parties/p-1/unhold',
    ])
    tell({ phase: 'talking' }, question('onHold'))
    expect(actions.offered(question('onHold')).kinds).toContain('connect')
  })
})
