/**
 * The element that holds the card on a page, and its closed root. Other scripts of the page may take it away, move it or mark
 * it: it comes back, a number of times, and then leaves the page to itself; the toolbar has the calls as well.
 */
export interface CardHost {
  readonly element: HTMLElement
  readonly root: ShadowRoot
  /** Puts it on the page above everything else and keeps it there, unless this page kept removing it before. */
  show(): void
  /** Removes it from the page. The next show starts counting again. */
  hide(): void
}

/** Enough for a page that tidies or redraws itself, and little work where a page keeps removing it. */
const MAX_RETURNS = 20

const NAME = 'ringside-card'

/**
 * Its root is drawn with `styles` alone. `onReturn`: the page had taken it away, and its listeners on `window` perhaps too;
 * `onGivenUp`: the page had done so once too often, and now it stays away.
 */
export function createCardHost(styles: string, onReturn: () => void, onGivenUp: () => void): CardHost {
  // Made where no custom elements are: one of the page's own by this name could ask for the root of an element it has made.
  const element = document.implementation.createHTMLDocument().createElement(NAME)
  const root = element.attachShadow({ mode: 'closed' })
  document.adoptNode(element)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(styles)
  root.adoptedStyleSheets = [sheet]

  // One that is there already was put up by an older version of the extension.
  for (const older of document.querySelectorAll(NAME)) older.remove()

  let state: 'away' | 'shown' | 'givenUp' = 'away'
  let returns = 0
  const observer = new MutationObserver(() => {
    if (isInPlace(element)) return
    if (returns++ < MAX_RETURNS) {
      place()
      onReturn()
    } else {
      remove()
      state = 'givenUp'
      onGivenUp()
    }
  })

  /** Watches only the places where the host can get lost, however busy the page is elsewhere. */
  function watch(): void {
    observer.disconnect()
    observer.observe(document, { childList: true })
    observer.observe(document.documentElement, { childList: true })
    observer.observe(element, { attributes: true })
  }

  function place(): void {
    for (const { name } of [...element.attributes]) if (name !== POPOVER) element.removeAttribute(name)
    element.popover = 'manual'
    if (element.parentNode !== document.documentElement) document.documentElement.append(element)
    // Above dialogs and whatever else the page has put on top so far.
    if (!element.matches(':popover-open')) element.showPopover()
    watch()
  }

  function remove(): void {
    observer.disconnect()
    element.remove()
  }

  return {
    element,
    root,
    show: () => {
      if (state !== 'away') return
      state = 'shown'
      returns = 0
      place()
    },
    hide: () => {
      state = 'away'
      remove()
    },
  }
}

const POPOVER = 'popover'

function isInPlace(element: HTMLElement): boolean {
  const { attributes } = element
  return (
    element.parentNode === document.documentElement &&
    attributes.length === 1 &&
    element.popover === 'manual' &&
    element.matches(':popover-open')
  )
}
