/*
 * Runs before everything else of the page, and listens to all there is to hear: every event on its way down from `window`, every
 * message, every change of the document, every call of the functions that an extension might use. What was heard is text.
 */
const heard = []
const mutated = new Set()
const keysHeard = []
const shortcuts = []

function note(where, value) {
  if (typeof value === 'string' && value !== '') heard.push(`${where}: ${value}`)
}

/** Every text that an object gives, its own and inherited, two levels deep. */
function noteAll(where, object, depth = 2) {
  for (const name in object) {
    let value
    try {
      value = object[name]
    } catch {
      continue
    }
    note(`${where}.${name}`, value)
    if (depth > 0 && value !== null && typeof value === 'object' && !(value instanceof Node) && value !== window) {
      noteAll(`${where}.${name}`, value, depth - 1)
    }
  }
}

const types = new Set(
  'beforeinput textInput compositionstart compositionupdate compositionend focusin focusout DOMActivate'.split(' '),
)
for (const owner of [window, document, HTMLElement.prototype]) {
  for (const name in owner) if (name.startsWith('on')) types.add(name.slice(2))
}
for (const type of types) {
  addEventListener(
    type,
    (event) => {
      if (/^(key|before(input|c|p)|text|input|composition|copy|cut|paste|drag|drop)/.test(type)) keysHeard.push(type)
      noteAll(type, event)
      for (const data of [event.dataTransfer, event.clipboardData]) {
        for (const kind of data?.types ?? []) note(`${type}.${kind}`, data.getData(kind))
      }
      for (const target of event.composedPath())
        if (target instanceof HTMLElement) note(`${type}.path`, target.outerHTML)
    },
    { capture: true },
  )
}

// Shortcuts as CRMs have them: a letter alone, and nothing is typed.
addEventListener(
  'keydown',
  (event) => {
    if (event.target.localName === 'input') return
    shortcuts.push(event.key)
    event.preventDefault()
  },
  { capture: true },
)

new MutationObserver((records) => {
  for (const { type, target, addedNodes, removedNodes, attributeName } of records) {
    const names = [target, ...addedNodes, ...removedNodes].map(({ nodeName }) => nodeName.toLowerCase())
    mutated.add(`${type} ${[...new Set(names)].join(' ')} ${attributeName ?? ''}`.trim())
    for (const node of [target, ...addedNodes, ...removedNodes]) note('mutation', node.outerHTML ?? node.textContent)
  }
}).observe(document, {
  subtree: true,
  childList: true,
  attributes: true,
  characterData: true,
  characterDataOldValue: true,
})

/** Has a function tell what it is called with. */
function tap(owner, name) {
  const original = owner[name]
  owner[name] = function (...args) {
    for (const one of [this, ...args]) {
      note(name, one)
      if (one !== null && typeof one === 'object' && one !== window) noteAll(name, one, 1)
    }
    return original.apply(this, args)
  }
}
tap(Element.prototype, 'attachShadow')
tap(Element.prototype, 'append')
tap(Element.prototype, 'remove')
tap(Element.prototype, 'setAttribute')
tap(Node.prototype, 'appendChild')
tap(Node.prototype, 'insertBefore')
tap(EventTarget.prototype, 'addEventListener')
tap(EventTarget.prototype, 'dispatchEvent')
tap(window, 'postMessage')
tap(JSON, 'stringify')
tap(JSON, 'parse')
tap(Array.prototype, 'map')
tap(Array.prototype, 'join')
tap(CSSStyleSheet.prototype, 'replaceSync')
tap(Storage.prototype, 'setItem')
Object.defineProperty(Object.prototype, 'telephonySessionId', {
  set(value) {
    note('telephonySessionId', value)
  },
})

/** A custom element of the host's name, which asks for its root. */
let rootOfHost
customElements.define(
  'ringside-card',
  class extends HTMLElement {
    constructor() {
      super()
      rootOfHost = this.attachInternals().shadowRoot ?? this.shadowRoot
    }
  },
)

/** Everything that the page can find out by asking, as text. */
async function ask() {
  const found = [
    document.documentElement.outerHTML,
    document.documentElement.textContent,
    document.documentElement.getHTML({ serializableShadowRoots: true, shadowRoots: rootOfHost ? [rootOfHost] : [] }),
    document.title,
    document.cookie,
    location.href,
    window.name,
    JSON.stringify(history.state),
    String(getSelection()),
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ ...sessionStorage }),
    JSON.stringify(await indexedDB.databases()),
    JSON.stringify(await caches.keys()),
    JSON.stringify(performance.getEntries()),
    Object.getOwnPropertyNames(window).join(' '),
    rootOfHost?.textContent ?? '',
  ]
  for (let x = 0; x < innerWidth; x += 20) {
    for (let y = 0; y < innerHeight; y += 20) {
      found.push(
        ...document
          .elementsFromPoint(x, y)
          .filter(({ localName }) => localName === 'ringside-card')
          .flatMap((host) => [host.innerHTML, host.textContent]),
      )
      found.push(document.caretPositionFromPoint(x, y)?.offsetNode?.textContent ?? '')
    }
  }
  for (const letter of 'aeiou0123456789') found.push(selectFrom(letter))
  return found
}

/** What can be read by selecting all there is from the next such letter on; the search looks into closed roots too. */
function selectFrom(letter) {
  const selection = getSelection()
  selection.removeAllRanges()
  window.find(letter)
  for (const direction of ['backward', 'forward']) selection.modify('extend', direction, 'documentboundary')
  const selected = String(selection)
  selection.removeAllRanges()
  return selected
}

/** Where any of these words was heard or found; empty where the page has learnt nothing. */
window.findLeaks = async (words) => {
  const texts = [...heard, ...(await ask())]
  return texts.filter((text) => words.some((word) => text.includes(word))).map((text) => text.slice(0, 200))
}
window.spied = { heard, mutated, keysHeard, shortcuts }
