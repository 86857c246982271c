import { describe, expect, it } from 'vitest'
import { createDevices, DEVICES_LIFE_MS, RETRY_AFTER_MS } from '../../../../entrypoints/background/actions/devices.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { createFakeRelay, desk, problem, soft } from '../../lib/relay/fake-relay.ts'

function begin(devices: readonly object[], preferred?: string) {
  let answer = () => Response.json({ devices })
  const clock = createManualClock()
  let changes = 0
  const relay = createFakeRelay(() => answer())
  return {
    relay,
    changes: () => changes,
    pass: clock.advance,
    answerWith: (next: () => Response) => {
      answer = next
    },
    devices: createDevices({
      client: relay.client,
      clock,
      preferred: () => preferred,
      onChange: () => changes++,
    }),
  }
}

describe('the phones', () => {
  it('are those that are online and can be talked into', async () => {
    const paging = { id: 'd-3', name: 'Hall', type: 'Paging', status: 'Online' }
    const { devices, changes } = begin([desk('Offline'), soft, paging, { id: 'd-4', status: 'Online' }])
    expect(devices.ready()).toEqual([])
    await devices.refresh()
    expect(devices.ready()).toEqual([
      { id: 'd-2', name: 'Softphone' },
      { id: 'd-4', name: 'd-4' },
    ])
    expect(changes()).toBe(1)
  })

  it('begin with the preferred one, if it is online', async () => {
    const { devices } = begin([desk(), soft], 'd-2')
    await devices.refresh()
    expect(devices.ready().map(({ id }) => id)).toEqual(['d-2', 'd-1'])
  })

  it('are asked for once for several who want them, and again only when they may have changed', async () => {
    const { devices, relay, pass } = begin([desk()])
    await Promise.all([devices.refresh(), devices.refresh()])
    pass(DEVICES_LIFE_MS - 1)
    await devices.refresh()
    expect(relay.sent).toHaveLength(1)
    pass(1)
    await devices.refresh()
    expect(relay.sent).toHaveLength(2)
  })

  it('stay what they were while they cannot be asked for, which is not tried at once again', async () => {
    const { devices, relay, pass, answerWith } = begin([desk()])
    await devices.refresh()
    pass(DEVICES_LIFE_MS)
    answerWith(() => problem(503, 'ringcentral_busy'))
    await devices.refresh()
    pass(RETRY_AFTER_MS - 1)
    await devices.refresh()
    expect(relay.sent).toHaveLength(2)
    expect(devices.ready()).toHaveLength(1)
  })
})
