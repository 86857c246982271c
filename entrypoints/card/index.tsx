import { render } from 'preact'
import { browser } from 'wxt/browser'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { createEar } from '../lib/ear.ts'
import { CARD_PORT, type CardMessage, type CardOrder, type CardSnapshot } from '../lib/ports.ts'
import { Cards } from './Cards.tsx'
import { createCardFocus } from './focus.ts'
import { guardKeys } from './guarded-keys.ts'
import { createCardHost } from './host.ts'
import { followNotes } from './note-drafts.ts'
import { keepOnTop } from './on-top.ts'
import { isOrphan, watchForOrphan } from './orphan.ts'
import { createPlacing } from './placing.ts'
import { styles } from './styles.ts'
import { takeSuggestions } from './suggestions.ts'

/**
 * The card on a CRM page, brought by the worker when there is a call to show. It draws what it is told and asks for what the
 * person wants; it knows nothing else. The shadow root is closed, so that the page cannot read who is calling.
 */
export default defineUnlistedScript(() => {
  // Brought a second time, by a worker that was ended in between: the first one is still here.
  const { ringsideCard } = globalThis as { ringsideCard?: true }
  if (ringsideCard) return
  Object.assign(globalThis, { ringsideCard: true })

  const host = createCardHost(styles, comeBack)
  const { element, root } = host
  const ear = createEar(root)
  const placing = createPlacing(host, (place) => send({ type: 'move', place }))
  const onTop = keepOnTop(element, () => redraw())
  const focus = createCardFocus(root)
  const direction = browser.i18n.getMessage('@@bidi_dir') === 'rtl' ? 'rtl' : 'ltr'

  let port: ReturnType<typeof browser.runtime.connect> | undefined
  let redraw = () => {}
  let stopWatching = () => {}

  function draw(snapshot: CardSnapshot): void {
    const receivedMs = performance.now()
    followNotes(snapshot.calls)
    redraw = () =>
      render(
        <Cards
          snapshot={snapshot}
          receivedMs={receivedMs}
          send={send}
          direction={direction}
          onMove={placing.moveBy}
          onReset={placing.reset}
          isOutOfReach={onTop.isOutOfReach()}
          onLeave={focus.giveBack}
        />,
        root,
      )
    if (snapshot.calls.length === 0 && snapshot.dial === undefined) takeDown()
    else putUp(snapshot)
  }

  function putUp({ place }: CardSnapshot): void {
    const hadKeys = root.activeElement !== null
    stopWatching()
    stopWatching = watchForOrphan(takeDown)
    host.show()
    redraw()
    follow()
    placing.put(place)
    if (hadKeys && root.activeElement === null) focus.giveBack()
  }

  /** Looks at the page while the card is on it. */
  function follow(): void {
    focus.follow()
    onTop.follow()
    placing.follow()
  }

  function takeDown(): void {
    const hadKeys = root.activeElement !== null
    stopWatching()
    onTop.rest()
    placing.rest()
    render(null, root)
    host.hide()
    if (hadKeys) focus.giveBack()
  }

  /** The page had put the card away, or has written itself anew: then every button has lost its listener and needs another. */
  function comeBack(): void {
    // The newer script has taken it away.
    if (isOrphan()) {
      takeDown()
      return
    }
    guardKeys(element, root)
    if (!ear.isListening()) {
      ear.renew()
      render(null, root)
    }
    redraw()
    follow()
  }

  function send(message: CardMessage): void {
    if (isOrphan()) takeDown()
    else port?.postMessage(message)
  }

  function obey(order: CardOrder): void {
    if (order.type === 'cards') draw(order)
    else if (order.type === 'suggestions') takeSuggestions(order)
    else focus.take()
  }

  function connect(): void {
    // What an orphan shows would never change again.
    if (isOrphan()) {
      takeDown()
      return
    }
    port = browser.runtime.connect({ name: CARD_PORT })
    port.onMessage.addListener(obey)
    port.onDisconnect.addListener(connect)
  }

  guardKeys(element, root)
  connect()
  // A page that is put aside for "back" loses its port without a word.
  addEventListener('pagehide', ({ persisted }) => persisted && port?.disconnect())
  addEventListener('pageshow', ({ persisted }) => persisted && connect())
})

// See it: npm start, then place a call from the phone page; the card is in the lower right corner of the sample CRM.
