import { describe, expect, it } from 'vitest'
import { CONFIRM_MS } from '../../../../entrypoints/background/actions/asked-actions.ts'
import { createDevices } from '../../../../entrypoints/background/actions/devices.ts'
import { createDialOffers } from '../../../../entrypoints/background/actions/dial-offers.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { createFakeRelay, desk, problem } from '../../lib/relay/fake-relay.ts'

function begin(devices: readonly object[] = [desk()]) {
  const relay = createFakeRelay((line) => (line === 'GET /v1/devices' ? Response.json({ devices }) : undefined))
  const clock = createManualClock()
  const phones = createDevices({ client: relay.client, clock, preferred: () => undefined, onChange: () => {} })
  const offers = createDialOffers({
    client: relay.client,
    devices: phones,
    country: 'US',
    describe: ({ code }) => code,
    onChange: () => {},
    clock,
  })
  return { offers, relay, clock, phones, calls: () => relay.sent.filter(({ line }) => line === 'POST /v1/calls') }
}

const ADA = { to: '+14085550123', number: { kind: 'number', text: '(408) 555-0123' } }

describe('a link to a number', () => {
  it.each(['tel:+14085550123', 'tel:(408)%20555-0123', 'TEL:1-408-555-0123', 'callto:4085550123', 'tel://4085550123'])(
    '%s is offered on its page, and on no other',
    async (address) => {
      const { offers, phones } = begin()
      expect(offers.offer('page-1', address)).toBe(true)
      expect(offers.on('page-1')).toMatchObject({ ...ADA, deviceName: undefined })
      await phones.refresh()
      expect(offers.on('page-1')).toEqual({ ...ADA, deviceName: 'Desk phone', isPending: false, refusal: undefined })
      expect(offers.on('page-2')).toBeUndefined()
    },
  )

  it.each(['tel:', 'tel:*100%23', 'callto:ada.winter', 'tel:%E0%A4%A', 'tel:911', 'tel:112', 'tel:411'])(
    '%s is left to the browser',
    (address) => {
      const { offers } = begin()
      expect(offers.offer('page-1', address)).toBe(false)
      expect(offers.on('page-1')).toBeUndefined()
    },
  )

  it('is called once at the word of the person, and goes when the call shows', async () => {
    const { offers, calls } = begin()
    offers.offer('page-1', 'tel:+14085550123')
    const work = offers.call('page-1', ADA.to)
    void offers.call('page-1', ADA.to)
    expect(offers.on('page-1')?.isPending).toBe(true)
    await expect.poll(calls).toMatchObject([{ body: { deviceId: 'd-1', to: ADA.to } }])
    calls()[0]?.respond(Response.json({ telephonySessionId: 's-2' }, { status: 202 }))
    await work
    expect(offers.on('page-1')?.isPending).toBe(true)
    offers.refresh(new Set(['s-1', 's-2']))
    expect(offers.on('page-1')).toBeUndefined()
    expect(calls()).toHaveLength(1)
  })

  it('is not called when it is another than the one that was agreed to, or on another page', async () => {
    const { offers, calls } = begin()
    offers.offer('page-1', 'tel:+14085550123')
    offers.offer('page-1', 'tel:+12065550147')
    await offers.call('page-1', ADA.to)
    await offers.call('page-2', '+12065550147')
    offers.leave('page-1')
    await offers.call('page-1', '+12065550147')
    expect(calls()).toEqual([])
  })

  it('says why it was not called, and can be called again by another click', async () => {
    const { offers, calls } = begin()
    offers.offer('page-1', 'tel:+14085550123')
    const work = offers.call('page-1', ADA.to)
    await expect.poll(calls).toHaveLength(1)
    calls()[0]?.respond(problem(403, 'forbidden'))
    await work
    expect(offers.on('page-1')).toMatchObject({ isPending: false, refusal: 'forbidden' })
    void offers.call('page-1', ADA.to)
    expect(offers.on('page-1')).toMatchObject({ isPending: true, refusal: undefined })
  })

  it('says when no event shows the call', async () => {
    const { offers, calls, clock } = begin()
    offers.offer('page-1', 'tel:+14085550123')
    const work = offers.call('page-1', ADA.to)
    await expect.poll(calls).toHaveLength(1)
    calls()[0]?.respond(Response.json({}, { status: 202 }))
    await work
    expect(clock.waits()).toEqual([CONFIRM_MS])
    clock.advance(CONFIRM_MS)
    expect(offers.on('page-1')).toMatchObject({ isPending: false, refusal: 'unconfirmed' })
  })

  it('cannot be called without a phone, and says so', async () => {
    const { offers, calls, phones } = begin([desk('Offline')])
    offers.offer('page-1', 'tel:+14085550123')
    await phones.refresh()
    await expect.poll(() => offers.on('page-1')).toMatchObject({ deviceName: undefined, refusal: 'no_phone' })
    await offers.call('page-1', ADA.to)
    expect(calls()).toEqual([])
  })
})
