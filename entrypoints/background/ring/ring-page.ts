import { type Browser, browser } from 'wxt/browser'
import { createQueue } from '../../../shared/queue.ts'
import type { RingCommand, RingSound } from '../../lib/contract/ring.ts'
import { PAGE_TIMEOUT_MS, within } from '../../lib/store/within.ts'

type Port = Pick<Browser.runtime.Port, 'postMessage' | 'disconnect' | 'onDisconnect'>

/**
 * The page that makes the sound, of which there is one at most: opened for a sound, and gone with it. So nothing sounds that the worker
 * of now does not want, and no page is kept for the hours in which nobody calls.
 */
export interface RingPage {
  /** Has this sound and no other, from now on. */
  play(command: RingCommand): void
  /** Ends it at once. */
  stop(): void
  /** What is to sound now. */
  sound(): RingSound | undefined
  /** Takes on the port of the page. */
  connect(port: Port): void
}

export function createRingPage(): RingPage {
  // In order: a page that is being opened must be there before it is closed.
  const changes = createQueue()
  let wanted: RingCommand | undefined
  let port: Port | undefined
  let arrive = refuse

  async function settle(): Promise<void> {
    if (wanted === undefined) {
      port?.disconnect()
      port = undefined
      return
    }
    port ??= await open()
    if (wanted === undefined) await settle()
    else port.postMessage(wanted)
  }

  async function open(): Promise<Port> {
    const arrived = new Promise<Port>((resolve) => {
      arrive = resolve
    })
    // There may be one that is just closing, or that belonged to a worker of before.
    await browser.offscreen.closeDocument().catch(() => undefined)
    try {
      await browser.offscreen.createDocument({
        url: '/ring-sound.html',
        reasons: ['AUDIO_PLAYBACK'],
        justification: 'Rings while a call rings.',
      })
      return await within(PAGE_TIMEOUT_MS, arrived)
    } finally {
      arrive = refuse
    }
  }

  function change(next: RingCommand | undefined): void {
    wanted = next
    changes.run(settle).catch((error: unknown) => {
      console.warn('The ring sound could not be played.', error)
      wanted = undefined
    })
  }

  return {
    play: change,
    stop: () => change(undefined),
    sound: () => wanted?.sound,
    connect: (arrived) => {
      arrived.onDisconnect.addListener(() => {
        if (port !== arrived) return
        // It was to sound once, and has.
        port = undefined
        wanted = undefined
      })
      arrive(arrived)
    },
  }
}

/** It belongs to a sound that nobody wants any more. */
function refuse(port: Port): void {
  port.disconnect()
}
