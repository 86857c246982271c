import { expect, it, vi } from 'vitest'
import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import { repairUnstoredDeliveries } from '../../../relay/repair/unstored-deliveries.ts'
import { newEvent } from '../support/new-event.ts'

it('repairs once, when the log takes events again', async () => {
  const log = createMemoryEventLog()
  const begin = vi.fn()
  const counted: string[] = []
  const metrics = { countDelivery: (result: string) => counted.push(result) }
  const countDelivery = repairUnstoredDeliveries({ log, metrics, repair: { begin } })

  countDelivery('accepted')
  await log.append(newEvent('s-1', 2, ['1']))
  expect(begin).not.toHaveBeenCalled()

  countDelivery('not_stored')
  countDelivery('not_stored')
  expect(begin).not.toHaveBeenCalled()
  await log.append(newEvent('s-1', 5, ['1']))
  await log.append(newEvent('s-1', 6, ['1']))
  expect(begin).toHaveBeenCalledOnce()
  expect(counted).toEqual(['accepted', 'not_stored', 'not_stored'])
})
