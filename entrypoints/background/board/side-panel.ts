import { browser } from 'wxt/browser'
import { watchesAnybody } from '../../../shared/protocol/wire.ts'
import { listenToAnnouncements } from '../../lib/contract/messages.ts'
import { openReadableBrowserStore } from '../../lib/store/open.ts'
import { readSignIn } from '../../lib/store/read.ts'
import { createSteadyStore } from '../../lib/store/steady-store.ts'

/** Offers the board at the side of every page to who watches others; nobody else sees that there is one. */
export function offerSidePanel(): void {
  const use = createSteadyStore(openReadableBrowserStore)
  let wasOffered: boolean | undefined

  async function update(): Promise<void> {
    const signIn = await use(readSignIn)
    const isOffered = signIn !== undefined && watchesAnybody(signIn.user)
    if (isOffered === wasOffered) return
    wasOffered = isOffered
    await browser.sidePanel.setOptions(isOffered ? { enabled: true, path: 'board.html' } : { enabled: false })
  }

  // Whoever is signed in, and what they may see, is announced with everything else that changes.
  const look = () => void update().catch((error: unknown) => console.warn('No board was offered at the side.', error))
  listenToAnnouncements((announcement) => void (announcement === 'status' && look()))
  look()
}
