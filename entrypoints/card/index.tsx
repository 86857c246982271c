import { render } from 'preact'
import { browser } from 'wxt/browser'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { unreachable } from '../../shared/assert.ts'
import type { CardCall } from '../lib/contract/card-call.ts'
import { CARD_PORT, type CardCommand, type CardMessage, type CardSnapshot } from '../lib/contract/ports.ts'
import { findKeyGuard } from '../lib/page/key-guard.ts'
import { createListenerProbe } from '../lib/page/listener-probe.ts'
import { isOrphan, watchForOrphan } from '../lib/page/orphan.ts'
import { Cards } from './Cards.tsx'
import { callOf, createCardUse } from './card-use.ts'
import { createCardFocus } from './focus.ts'
import { guardKeys } from './guarded-keys.ts'
import { createCardHost } from './host.ts'
import { keepCalls } from './keep-calls.ts'
import { flushNotes, followNotes, forgetUnanswered, listUnsaved, takeNoteKept } from './note-drafts.ts'
import { keepOnTop } from './on-top.ts'
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

  const host = createCardHost(styles, comeBack, () => focus.regain())
  const { element, root } = host
  const listenerProbe = createListenerProbe(root)
  const placing = createPlacing(host, (place) => send({ type: 'move', place }))
  const onTop = keepOnTop(element, () => redraw())
  const focus = createCardFocus(root, { isOutOfReach: onTop.isOutOfReach, onFallen: hold })
  const use = createCardUse({ root, unsaved: listUnsaved, onChange: tellUse })
  const direction = browser.i18n.getMessage('@@bidi_dir') === 'rtl' ? 'rtl' : 'ltr'

  let port: ReturnType<typeof browser.runtime.connect> | undefined
  let told: { readonly snapshot: CardSnapshot; readonly receivedMs: number } | undefined
  let drawn: readonly CardCall[] = []
  let isHolding = false
  let watch: AbortController | undefined
  let stopWatching = () => {}

  function draw(): void {
    if (told === undefined) return
    const { calls, isFinal, dial, place } = told.snapshot
    drawn = isFinal ? calls : keepCalls(calls, drawn, use.ids())
    followNotes(calls, drawn)
    if (drawn.length === 0 && dial === undefined && !isHolding) takeDown()
    else putUp(place)
    use.look()
  }

  function redraw(): void {
    if (told === undefined) return
    const { snapshot, receivedMs } = told
    const known = new Set(snapshot.calls)
    const untold = new Set(drawn.flatMap((call) => (known.has(call) ? [] : call.telephonySessionId)))
    const cards = (
      <Cards
        snapshot={{ ...snapshot, calls: drawn }}
        untold={untold}
        inUse={use.ids()}
        isHolding={isHolding}
        receivedMs={receivedMs}
        send={send}
        direction={direction}
        onMove={placing.moveBy}
        onReset={placing.reset}
        isOutOfReach={onTop.isOutOfReach()}
        onLeave={focus.giveBack}
      />
    )
    focus.keep(() => render(cards, root))
  }

  function putUp(place: CardSnapshot['place']): void {
    stopWatching()
    stopWatching = watchForOrphan(takeDown)
    host.show()
    redraw()
    follow()
    placing.put(place)
  }

  /** Looks at the page while the card is on it. */
  function follow(): void {
    watch?.abort()
    watch = new AbortController()
    const { signal } = watch
    focus.follow(signal)
    use.follow(signal)
    onTop.follow()
    placing.follow()
    followPage()
  }

  function followPage(): void {
    addEventListener('pagehide', leavePage)
    addEventListener('pageshow', returnToPage)
  }

  function takeDown(): void {
    stopWatching()
    watch?.abort()
    onTop.rest()
    placing.rest()
    focus.keep(() => {
      render(null, root)
      host.hide()
    })
  }

  /** Whether the field somebody was typing in has gone: until they press something else, the rest is swallowed. */
  function hold(): void {
    const guard = findKeyGuard()
    if (guard === undefined || isHolding) return
    isHolding = true
    guard.hold(() => {
      isHolding = false
      if (!isOrphan()) draw()
    })
    // An orphaned script can no longer read its messages.
    if (!isOrphan()) draw()
  }

  function leavePage({ persisted }: PageTransitionEvent): void {
    focus.rest()
    flushNotes()
    if (!persisted) return
    // A page in the back/forward cache would lose its port silently.
    port?.disconnect()
    port = undefined
  }

  function returnToPage({ persisted }: PageTransitionEvent): void {
    if (persisted) connect()
  }

  /**
   * The page had removed the card, or rewritten its document: then every button has lost its listener and needs a new
   * one.
   */
  function comeBack(): void {
    // The newer script has taken it away.
    if (isOrphan()) {
      takeDown()
      focus.regain()
      return
    }
    guardKeys(element, root, focus.hear)
    if (!listenerProbe.isListening()) {
      listenerProbe.renew()
      render(null, root)
    }
    redraw()
    follow()
    focus.regain()
  }

  function send(message: CardMessage): void {
    if (isOrphan()) takeDown()
    else {
      followWish(message)
      port?.postMessage(message)
    }
  }

  /** A card that the person dismisses here goes at once, even with the focus in it. */
  function followWish(message: CardMessage): void {
    const focused = root.activeElement
    if (message.type === 'leaveDial' && focused?.closest('.dial')) focus.giveBack()
    if (message.type !== 'dismiss' && message.type !== 'fold') return
    const { telephonySessionId } = message
    if (callOf(focused) === telephonySessionId) focus.giveBack()
    use.letGo(telephonySessionId)
  }

  function tellUse(ids: ReadonlySet<string>): void {
    if (!isOrphan()) port?.postMessage({ type: 'inUse', telephonySessionIds: [...ids] } satisfies CardMessage)
    // Cards that were only kept because they were in use may go now.
    draw()
  }

  function obey(command: CardCommand): void {
    switch (command.type) {
      case 'cards':
        told = { snapshot: command, receivedMs: performance.now() }
        draw()
        break
      case 'suggestions':
        takeSuggestions(command)
        break
      case 'noteKept': {
        const { telephonySessionId: id, note } = command
        takeNoteKept(
          id,
          note,
          drawn.some(({ telephonySessionId }) => telephonySessionId === id),
        )
        draw()
        break
      }
      case 'focus':
        takeKeys()
        break
      case 'leave':
        leaveCard()
        break
      default:
        unreachable(command)
    }
  }

  function takeKeys(): void {
    findKeyGuard()?.release()
    isHolding = false
    draw()
    focus.take()
  }

  function leaveCard(): void {
    const id = callOf(root.activeElement)
    if (root.activeElement !== null) focus.giveBack()
    if (id !== undefined) use.letGo(id)
  }

  function connect(): void {
    // The card of an orphaned script would never be updated again.
    if (isOrphan()) {
      takeDown()
      return
    }
    port = browser.runtime.connect({ name: CARD_PORT })
    port.onMessage.addListener(obey)
    port.onDisconnect.addListener(connect)
    forgetUnanswered(drawn)
    const telephonySessionIds = [...use.ids()]
    if (telephonySessionIds.length > 0) port.postMessage({ type: 'inUse', telephonySessionIds } satisfies CardMessage)
  }

  guardKeys(element, root, focus.hear)
  connect()
  followPage()
})

// See it: npm start, then place a call from the phone page; the card is in the lower right corner of the sample CRM.
