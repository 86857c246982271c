import { expect, it, vi } from 'vitest'
import { startPageLinkAgain } from '../../../../entrypoints/background/pages/registration.ts'
import { SECOND_MS } from '../../../../shared/time.ts'
import { eventually } from '../../../support/eventually.ts'
import { createManualClock } from '../../../support/manual-clock.ts'

/** Tabs by the script that is in them. */
const tabs = new Map<number, 'cut off soon' | 'none' | 'ours'>()

vi.mock('wxt/browser', () => ({
  browser: {
    permissions: { getAll: async () => ({ origins: ['https://crm.example.com/*'] }) },
    tabs: {
      query: async () => [...tabs.keys()].map((id) => ({ id })),
      sendMessage: async (id: number) => {
        if (tabs.get(id) === 'none') throw new Error('Could not establish connection. Receiving end does not exist.')
      },
    },
    scripting: {
      executeScript: async ({ target }: { target: { tabId: number } }) => void tabs.set(target.tabId, 'ours'),
    },
  },
}))

it('starts after an update also where the script of before answered just before it was cut off', async () => {
  const clock = createManualClock(0)
  tabs.set(1, 'cut off soon').set(2, 'none').set(3, 'ours')
  startPageLinkAgain(clock.after)
  clock.advance(2 * SECOND_MS)
  await eventually(async () => expect([...tabs.values()]).toEqual(['cut off soon', 'ours', 'ours']))
  tabs.set(1, 'none')
  clock.advance(8 * SECOND_MS)
  await eventually(async () => expect([...tabs.values()]).toEqual(['ours', 'ours', 'ours']))
})
