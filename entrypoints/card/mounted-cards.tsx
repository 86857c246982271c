import { render } from 'preact'
import { browser } from 'wxt/browser'
import type { CardCall } from '../lib/contract/card-call.ts'
import type { CardMessage, CardSnapshot } from '../lib/contract/ports.ts'
import { createListenerProbe } from '../lib/page/listener-probe.ts'
import { isOrphan, watchForOrphan } from '../lib/page/orphan.ts'
import type { Send } from './Card.tsx'
import { Cards } from './Cards.tsx'
import { type CardUse, callOf, createCardUse } from './card-use.ts'
import { type CardFocus, createCardFocus } from './focus.ts'
import { guardKeys } from './guarded-keys.ts'
import { createCardHost } from './host.ts'
import { keepCalls } from './keep-calls.ts'
import { createKeyHold } from './key-hold.ts'
import { followNotes, listUnsaved } from './note-drafts.ts'
import { keepOnTop } from './on-top.ts'
import { createPlacing } from './placing.ts'
import { styles } from './styles.ts'

/**
 * The cards on this page, in their host: put up when there is a call to show, drawn at each snapshot of the worker, put back
 * when the page removes them, and taken down when nothing is left to show.
 */
export interface MountedCards {
  /** The calls that have a card here now. */
  drawn(): readonly CardCall[]
  /** Calls whose cards are in use on this page, by id. */
  inUse(): ReadonlySet<string>
  show(snapshot: CardSnapshot): void
  /** Draws the last snapshot anew: something changed on this page. */
  draw(): void
  takeDown(): void
  /** Gives the keyboard to the card. */
  takeKeys(): void
  /** Gives the keyboard back to the page, and is done with the card that had it. */
  leave(): void
  /** A card that the person dismisses here goes at once, even with the focus in it. */
  letGo(message: CardMessage): void
  /** The page is left: the focused control is finished with. */
  rest(): void
}

export interface MountedCardsOptions {
  readonly send: Send
  readonly onUse: (ids: ReadonlySet<string>) => void
  /** Listens to the page; called again when the page has removed all listeners. */
  readonly listenToPage: () => void
}

export function mountCards({ send, onUse, listenToPage }: MountedCardsOptions): MountedCards {
  const host = createCardHost(styles, comeBack, () => focus.regain())
  const { element, root } = host
  const listenerProbe = createListenerProbe(root)
  const placing = createPlacing(host, (place) => send({ type: 'move', place }))
  const onTop = keepOnTop(element, () => redraw())
  const keyHold = createKeyHold(draw)
  const focus = createCardFocus(root, {
    isOutOfReach: () => onTop.findObstacle() !== undefined,
    onFallen: keyHold.begin,
  })
  const use = createCardUse({ root, unsaved: listUnsaved, onChange: onUse })
  const direction = browser.i18n.getMessage('@@bidi_dir') === 'rtl' ? 'rtl' : 'ltr'

  let received: { readonly snapshot: CardSnapshot; readonly receivedMs: number } | undefined
  let drawn: readonly CardCall[] = []
  let watch: AbortController | undefined
  let stopWatching = () => {}

  function draw(): void {
    if (received === undefined) return
    const { calls, alerts = [], isFinal, dial, place } = received.snapshot
    drawn = isFinal ? calls : keepCalls(calls, drawn, use.ids())
    followNotes(calls, drawn)
    if (drawn.length === 0 && alerts.length === 0 && dial === undefined && !keyHold.isHolding()) takeDown()
    else putUp(place)
    use.look()
  }

  function redraw(): void {
    if (received === undefined) return
    const { snapshot, receivedMs } = received
    const known = new Set(snapshot.calls)
    const untold = new Set(drawn.flatMap((call) => (known.has(call) ? [] : call.telephonySessionId)))
    const cards = (
      <Cards
        {...{ untold, receivedMs, send, direction }}
        snapshot={{ ...snapshot, calls: drawn }}
        inUse={use.ids()}
        isHolding={keyHold.isHolding()}
        onMove={placing.moveBy}
        onReset={placing.reset}
        obstacle={onTop.findObstacle()}
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
    watchPage()
    placing.put(place)
  }

  /** Looks at the page while the card is on it. */
  function watchPage(): void {
    watch?.abort()
    watch = new AbortController()
    focus.watch(watch.signal)
    use.watch(watch.signal)
    onTop.watch()
    placing.watch()
    listenToPage()
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

  /** The page had removed the card, or rewritten its document: then every button has lost its listener and needs a new one. */
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
    watchPage()
    focus.regain()
  }

  guardKeys(element, root, focus.hear)
  return {
    drawn: () => drawn,
    inUse: use.ids,
    show: (snapshot) => {
      received = { snapshot, receivedMs: performance.now() }
      draw()
    },
    draw,
    takeDown,
    takeKeys: () => {
      keyHold.end()
      draw()
      focus.take()
    },
    leave: () => leaveCard(root, focus, use),
    letGo: (message) => letGoOf(message, root, focus, use),
    rest: focus.rest,
  }
}

function leaveCard(root: ShadowRoot, focus: CardFocus, use: CardUse): void {
  const id = callOf(root.activeElement)
  if (root.activeElement !== null) focus.giveBack()
  if (id !== undefined) use.letGo(id)
}

function letGoOf(message: CardMessage, root: ShadowRoot, focus: CardFocus, use: CardUse): void {
  const focused = root.activeElement
  if (message.type === 'leaveDial' && focused?.closest('.dial')) focus.giveBack()
  if (message.type === 'leaveAlert' && focused?.closest('.rule-alert')) focus.giveBack()
  if (message.type !== 'dismiss' && message.type !== 'fold') return
  const { telephonySessionId } = message
  if (callOf(focused) === telephonySessionId) focus.giveBack()
  use.letGo(telephonySessionId)
}
