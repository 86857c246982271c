import { describe, expect, it } from 'vitest'
import { createCallOuts } from '../../../../entrypoints/background/actions/call-outs.ts'
import { createDevices } from '../../../../entrypoints/background/actions/devices.ts'
import { createRights, type DeniedKind } from '../../../../entrypoints/background/actions/rights.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { createFakeRelay, desk, problem, soft } from '../../lib/relay/fake-relay.ts'

function begin(phones: readonly object[] = [desk()], denied: readonly DeniedKind[] = []) {
  const relay = createFakeRelay((line) => (line === 'GET /v1/devices' ? Response.json({ devices: phones }) : undefined))
  let chosen: string | undefined
  const clock = createManualClock()
  const devices = createDevices({ client: relay.client, clock, preferred: () => chosen, onChange: () => {} })
  const kept = { getValue: async () => denied, setValue: async () => {} }
  const callOuts = createCallOuts({
    client: relay.client,
    devices,
    rights: createRights(kept, () => {}),
    country: 'US',
    chosenPhone: () => chosen,
    choosePhone: (deviceId) => {
      chosen = deviceId
    },
    describe: ({ code }) => code,
  })
  return { callOuts, calls: () => relay.sent.filter(({ line }) => line === 'POST /v1/calls') }
}

const placed = () => Response.json({ telephonySessionId: 's-2' }, { status: 202 })

describe('a call from a page of the extension', () => {
  it('is one request, however often it is asked for until there is an answer', async () => {
    const { callOuts, calls } = begin()
    const [first, second] = [callOuts.place('(408) 555-0123'), callOuts.place('+14085550123')]
    await expect.poll(calls).toMatchObject([{ body: { deviceId: 'd-1', to: '+14085550123' } }])
    calls()[0]?.respond(placed())
    expect(await Promise.all([first, second])).toEqual([{ kind: 'placed' }, { kind: 'placed' }])
    void callOuts.place('+14085550123')
    await expect.poll(() => calls().length).toBe(2)
  })

  it('waits for the user to choose one of several phones, which is asked once', async () => {
    const { callOuts, calls } = begin([desk(), soft])
    expect(await callOuts.place('104')).toMatchObject({ kind: 'askPhone', phones: [{ id: 'd-1' }, { id: 'd-2' }] })
    expect(calls()).toEqual([])
    const chosen = callOuts.place('104', 'd-2')
    await expect.poll(calls).toMatchObject([{ body: { deviceId: 'd-2', to: '104' } }])
    calls()[0]?.respond(placed())
    await chosen
    void callOuts.place('105')
    await expect.poll(() => calls().map(({ body }) => body)).toContainEqual({ deviceId: 'd-2', to: '105' })
  })

  it('says why it was refused, and that nothing can be called that is no number', async () => {
    const { callOuts, calls } = begin()
    const refused = callOuts.place('+14085550123')
    await expect.poll(() => calls().length).toBe(1)
    calls()[0]?.respond(problem(502, 'ringcentral_failed'))
    expect(await refused).toEqual({ kind: 'refused', sentence: 'ringcentral_failed' })
    expect(await callOuts.place('somebody')).toEqual({ kind: 'refused', sentence: 'no_target' })
  })

  it('is not asked for without a phone, nor where RingCentral has said that the user may not', async () => {
    const { callOuts, calls } = begin([desk('Offline')])
    expect(await callOuts.place('104')).toEqual({ kind: 'refused', sentence: 'no_phone' })
    const without = begin([desk()], ['callBack'])
    await Promise.resolve()
    expect(await without.callOuts.place('104')).toEqual({ kind: 'refused', sentence: 'permission_missing' })
    expect([...calls(), ...without.calls()]).toEqual([])
  })
})
