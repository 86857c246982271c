import { describe, expect, it } from 'vitest'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { accepted, desk, problem, soft } from '../../lib/relay/fake-relay.ts'
import { type ActionsScene, beginActions } from './begin-actions.ts'
import { buildRow } from './build-row.ts'

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

  /** The click, and all that is answered until Sam is called. */
  async function askSam({ actions, row, asked, tell }: ActionsScene, deviceId?: string): Promise<void> {
    const before = asked().length
    const work = actions.act(row(), { kind: 'askFirst', to: '104', deviceId })
    await expect.poll(() => asked().length).toBe(before + 1)
    asked()[before]?.respond(accepted())
    await expect.poll(() => asked().length).toBe(before + 2)
    tell({ phase: 'onHold' })
    asked()[before + 1]?.respond(Response.json({ telephonySessionId: 's-2' }, { status: 202 }))
    await work
  }

  it('puts the caller on hold, then calls who is asked, and is pending until that call shows', async () => {
    const scene = await beginActions({ phase: 'talking', startedMs: 1 })
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
    const scene = await beginActions({ phase: 'talking', startedMs: 1 }, [], [desk(), soft])
    const { asked, offered } = scene
    expect(offered().undecidedPhones.map(({ id }) => id)).toEqual(['d-1', 'd-2'])
    const asking = askSam(scene, 'd-2')
    expect(offered().undecidedPhones).toEqual([])
    await asking
    expect(asked()[1]).toMatchObject({ line: 'POST /v1/calls', body: { deviceId: 'd-2', to: '104' } })
  })

  it('goes from the phone on which the call was taken, whichever else was chosen, and asks nothing', async () => {
    const scene = await beginActions({ phase: 'ringing', startedMs: 1 }, [], [desk(), soft])
    const { actions, row, asked, offered, tell, respond } = scene
    await respond(actions.act(row(), { kind: 'answer', deviceId: 'd-2' }), accepted())
    tell({ phase: 'talking' })
    expect(offered().undecidedPhones).toEqual([])
    await askSam(scene)
    expect(asked()[2]).toMatchObject({ line: 'POST /v1/calls', body: { deviceId: 'd-2', to: '104' } })
  })

  it('forgets with a call on which phone it was taken', async () => {
    const { actions, row, offered, tell, respond } = await beginActions({ phase: 'ringing' }, [], [desk(), soft])
    await respond(actions.act(row(), { kind: 'answer', deviceId: 'd-2' }), accepted())
    tell({ phase: 'talking', telephonySessionId: 's-9' })
    expect(offered().undecidedPhones).toHaveLength(2)
  })

  it('calls nobody while the caller cannot be put on hold', async () => {
    const { actions, row, asked, offered } = await beginActions({ phase: 'talking' })
    const work = actions.act(row(), { kind: 'askFirst', to: '104' })
    await expect.poll(() => asked().length).toBe(1)
    asked()[0]?.respond(problem(502, 'ringcentral_failed'))
    await work
    expect(asked()).toHaveLength(1)
    expect(offered()).toMatchObject({ pending: [], refusal: 'ringcentral_failed' })
  })

  it('names somebody who can be called', async () => {
    const { actions, row, asked, offered } = await beginActions({ phase: 'talking' })
    await actions.act(row(), { kind: 'askFirst', to: 'Sam' })
    expect(asked()).toEqual([])
    expect(offered().refusal).toBe('no_target')
  })

  it('is over by joining both, once it is answered', async () => {
    const scene = await beginActions({ phase: 'talking', startedMs: 1 })
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
    const scene = await beginActions({ phase: 'talking', startedMs: 1 })
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
    const { actions, tell } = await beginActions({ phase: 'onHold', startedMs: 1 })
    const outside = buildRow({ ...SAM, phoneNumber: '+12065550147', phase: 'talking' })
    tell({}, question('talking'))
    expect(actions.offered(question('talking')).kinds).toContain('connect')
    tell({}, outside)
    expect(actions.offered(outside).kinds).not.toContain('connect')
    expect(actions.offered(outside).kinds).toContain('transfer')
  })

  it('is none of a call that was there before the caller', async () => {
    const { actions, tell } = await beginActions({ phase: 'onHold', startedMs: 20 })
    tell({}, question('talking'))
    expect(actions.callerOf(question('talking'))).toBeUndefined()
  })

  it('goes on where the caller is talked to meanwhile, whom resuming puts it on hold for', async () => {
    const scene = await beginActions({ phase: 'talking', startedMs: 1 })
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
