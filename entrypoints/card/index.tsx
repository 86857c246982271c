import { render } from 'preact'
import { browser } from 'wxt/browser'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { CARD_PORT, type CardMessage, type CardOrder, type CardSnapshot } from '../lib/ports.ts'
import state from '../ui/state.css?inline'
import tokens from '../ui/tokens.css?inline'
import actions from './actions.css?inline'
import { Cards } from './Card.tsx'
import css from './card.css?inline'
import known from './known.css?inline'
import match from './match.css?inline'
import note from './note.css?inline'

/**
 * The card on a CRM page, brought by the worker when there is a call to show. It draws what it is told and asks for what the
 * person wants; it knows nothing else. The shadow root is closed, so that the page cannot read who is calling.
 */
export default defineUnlistedScript(() => {
  // Brought a second time, by a worker that was ended in between: the first one is still here.
  const { ringsideCard } = globalThis as { ringsideCard?: true }
  if (ringsideCard) return
  Object.assign(globalThis, { ringsideCard: true })

  const host = document.createElement('ringside-card')
  const root = host.attachShadow({ mode: 'closed' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync([tokens, state, css, match, known, note, actions].join('\n'))
  root.adoptedStyleSheets = [sheet]

  let port: ReturnType<typeof browser.runtime.connect> | undefined

  function draw(snapshot: CardSnapshot): void {
    if (snapshot.calls.length === 0) {
      render(null, root)
      host.remove()
    } else {
      if (!host.isConnected) document.documentElement.append(host)
      render(<Cards snapshot={snapshot} receivedMs={performance.now()} send={send} />, root)
    }
  }

  function send(message: CardMessage): void {
    port?.postMessage(message)
  }

  function obey(order: CardOrder): void {
    if (order.type === 'cards') draw(order)
  }

  function connect(): void {
    if (browser.runtime?.id === undefined) {
      // An orphan of an older version of the extension: what it shows would never change again.
      draw({ type: 'cards', calls: [], lostSinceMs: undefined, place: undefined, isAnnouncing: false })
    } else {
      port = browser.runtime.connect({ name: CARD_PORT })
      port.onMessage.addListener(obey)
      port.onDisconnect.addListener(connect)
    }
  }

  connect()
  addEventListener('pageshow', ({ persisted }) => persisted && connect())
})

// See it: npm start, then place a call from the phone page; the card is in the lower right corner of the sample CRM.
