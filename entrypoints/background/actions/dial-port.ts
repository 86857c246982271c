import type { Browser } from 'wxt/browser'
import type { DialCommand, DialMessage } from '../../lib/contract/ports.ts'
import type { PageFacts } from '../pages/open-pages.ts'
import type { Pages } from '../pages/pages.ts'

export interface DialPortOptions {
  readonly pages: Pick<Pages, 'above'>
  /** Offers to call the number of a link on a page. Returns whether it does. */
  readonly offer: (page: PageFacts, address: string) => Promise<boolean>
}

/** A link to a number was clicked in a frame: it is offered on the page above that frame, or is left to the browser. */
export function connectDial(port: Browser.runtime.Port, { pages, offer }: DialPortOptions): void {
  port.onMessage.addListener(async ({ address }: DialMessage) => {
    const page = await pages.above(port)
    const isTaken = page !== undefined && typeof address === 'string' && (await offer(page, address))
    port.postMessage({ type: isTaken ? 'taken' : 'leave' } satisfies DialCommand)
  })
}
