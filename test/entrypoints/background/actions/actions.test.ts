import { describe, expect, it } from 'vitest'
import { CONFIRM_MS } from '../../../../entrypoints/background/actions/asked-actions.ts'
import { accepted, desk, problem, soft } from '../../lib/relay/fake-relay.ts'
import { beginActions } from './begin-actions.ts'
import { buildRow } from './build-row.ts'

describe('a request', () => {
  it('is pending from the click until an event shows what it did', async () => {
    const { actions, row, offered, tell, respond, clock } = await beginActions()
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
    const { actions, row, offered, tell, respond, clock } = await beginActions()
    const work = actions.act(row(), { kind: 'mute' })
    tell({ isMuted: true })
    expect(offered().pending).toEqual([])
    await respond(work, problem(504, 'ringcentral_silent'))
    expect(offered()).toMatchObject({ pending: [], refusal: undefined })
    expect(clock.waits()).toEqual([])
  })

  it('is made once, however often the button is pressed, and others beside it', async () => {
    const { actions, row, offered, asked } = await beginActions()
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
    const { actions, row, offered, asked, tell, respond, clock } = await beginActions()
    await respond(actions.act(row(), { kind: 'park' }), accepted())
    expect(clock.waits()).toEqual([CONFIRM_MS])
    clock.advance(CONFIRM_MS)
    expect(offered()).toMatchObject({ pending: [], refusal: 'unconfirmed' })
    expect(asked()).toHaveLength(1)
    tell({ phase: 'parked' })
    expect(offered().refusal).toBeUndefined()
  })

  it('that was refused says why until the next one or until the call goes on', async () => {
    const { actions, row, offered, tell, respond } = await beginActions()
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
    const { actions, row, asked } = await beginActions({ phase: 'ringing' })
    await actions.act(row(), { kind: 'hold' })
    expect(asked()).toEqual([])
  })

  it('that names nobody is refused before anything is asked', async () => {
    const { actions, row, offered, asked } = await beginActions()
    await actions.act(row(), { kind: 'transfer', to: 'somebody' })
    expect(offered()).toMatchObject({ pending: [], refusal: 'no_target' })
    expect(asked()).toEqual([])
  })

  it('of a call that is gone is forgotten with it', async () => {
    const { actions, row, offered, respond, clock } = await beginActions()
    await respond(actions.act(row(), { kind: 'hold' }), accepted())
    actions.refresh([])
    expect(offered().pending).toEqual([])
    expect(clock.waits()).toEqual([])
  })
})

describe('what RingCentral does not allow', () => {
  it('is not offered again, and the rest is', async () => {
    const { actions, row, offered, respond, kept } = await beginActions()
    await respond(actions.act(row(), { kind: 'record' }), problem(403, 'permission_missing'))
    expect(offered()).toMatchObject({
      kinds: ['hold', 'mute', 'transfer', 'askFirst', 'park', 'raiseHand', 'hangUp'],
      refusal: 'permission_missing',
    })
    expect(kept()).toEqual(['record'])
  })

  it('to the app is everything', async () => {
    const { actions, row, offered, respond } = await beginActions()
    await respond(actions.act(row(), { kind: 'hold' }), problem(403, 'app_permission_missing'))
    expect(offered()).toMatchObject({ kinds: [], refusal: 'app_permission_missing' })
  })

  it('is remembered from before', async () => {
    const { offered } = await beginActions({ phase: 'talking' }, ['park', 'transfer', 'askFirst'])
    expect(offered().kinds).toEqual(['hold', 'mute', 'record', 'raiseHand', 'hangUp'])
  })

  it('is no matter of the call being in the wrong state', async () => {
    const { actions, row, offered, respond } = await beginActions()
    await respond(actions.act(row(), { kind: 'hold' }), problem(409, 'wrong_state'))
    expect(offered().kinds).toContain('hold')
  })
})

describe('a call back', () => {
  const ended = { phase: 'ended', outcome: 'missed' } as const

  it('rings the own phone first and is pending until the new call shows', async () => {
    const { actions, row, offered, asked, tell, respond } = await beginActions(ended)
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
    expect((await beginActions({ ...ended, phoneNumber: undefined })).offered().canCallBack).toBe(false)
    expect((await beginActions({ phase: 'talking' })).offered().canCallBack).toBe(false)
  })

  it('waits for the user to choose one of several phones, which is asked once', async () => {
    const { actions, row, offered, asked, respond } = await beginActions(ended, [], [desk(), soft])
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
    expect((await beginActions(ended)).offered().undecidedPhones).toEqual([])
  })
})

describe('a call that rings while the user talks on another', () => {
  const ringing = () => buildRow({ phase: 'ringing', telephonySessionId: 's-new' })

  it('is answered once the other is on hold', async () => {
    const { actions, asked, tell, row, offered } = await beginActions()
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
    const { actions, asked, tell } = await beginActions()
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
    const { actions, asked, tell } = await beginActions()
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
