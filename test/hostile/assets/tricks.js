/* What a page may do to the card on it, one trick a function. Each finds the host as a page would: it is the last child of the root. */
const findHost = () => document.querySelector('ringside-card')

function addStyle(text) {
  const style = document.createElement('style')
  style.textContent = text
  document.head.append(style)
}

/** Lays an element over the whole page, above everything that is there by now; again with every frame, if `again`. */
function coverWith(element, style, again = true) {
  element.popover = 'manual'
  Object.assign(element.style, {
    position: 'fixed',
    inset: '0',
    width: '100vw',
    height: '100vh',
    margin: '0',
    padding: '0',
    border: '0',
    maxWidth: 'none',
    ...style,
  })
  document.body.append(element)
  const raise = () => {
    element.hidePopover()
    element.showPopover()
    if (again) requestAnimationFrame(raise)
  }
  raise()
}

window.tricks = {
  removeOnce: () => findHost().remove(),
  removeByReplacing: () => document.documentElement.replaceChildren(document.head, document.body),
  replaceRoot: () => {
    const root = document.documentElement.cloneNode(true)
    root.querySelector('ringside-card').remove()
    document.replaceChild(root, document.documentElement)
  },
  moveIntoHidden: () => {
    const hidden = document.createElement('div')
    hidden.style.display = 'none'
    document.body.append(hidden)
    hidden.append(findHost())
  },
  markInert: () => {
    findHost().inert = true
  },
  hideByMarks: () => {
    const host = findHost()
    host.hidden = true
    host.ariaHidden = 'true'
    host.style.cssText = 'display: none !important; opacity: 0 !important; transform: scale(0) !important'
  },
  hideByRules: () =>
    addStyle(`ringside-card, * > ringside-card:not(#a#b) {
      display: none !important; visibility: hidden !important; opacity: 0 !important; clip-path: inset(50%) !important;
      transform: translate(-9999px) !important; content-visibility: hidden !important; --text: transparent !important;
      position: static !important; zoom: 0.01 !important; filter: opacity(0) !important;
    }`),
  hideByAnimation: () => {
    findHost().animate([{ opacity: 0, transform: 'scale(0)' }], { duration: 1e9, fill: 'both' })
  },
  closePopover: () => findHost().hidePopover(),
  removeForEver: () => {
    window.removals = 0
    const observer = new MutationObserver(() => {
      const host = findHost()
      if (host === null) return
      window.removals++
      host.remove()
    })
    observer.observe(document, { childList: true, subtree: true })
    findHost().remove()
  },

  coverOnce: () => coverWith(document.createElement('div'), { background: 'white' }, false),
  coverClear: () => coverWith(document.createElement('div'), { background: 'transparent', pointerEvents: 'none' }),
  coverOpaque: () => coverWith(document.createElement('div'), { background: 'white', pointerEvents: 'none' }),
  coverFramed: () => {
    const frame = document.createElement('iframe')
    frame.srcdoc = '<p>Win a prize</p>'
    coverWith(frame, { background: 'white', pointerEvents: 'none' })
  },
  fadeRoot: () => addStyle('html { opacity: 0.01 }'),
  filterRoot: () => addStyle('html { filter: invert(1) }'),
  turnRoot: () => addStyle('html { transform: rotate(3deg) scale(0.9) }'),
  clipRoot: () => addStyle('html { clip-path: circle(10px at 0 0) }'),
  fadeCard: () => {
    // Below the top layer a parent's opacity counts.
    const host = findHost()
    host.hidePopover()
    addStyle('html { opacity: 0.01 }')
  },

  click: ({ x, y }) => {
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
      const event = new MouseEvent(type, { bubbles: true, composed: true, cancelable: true, clientX: x, clientY: y })
      document.elementFromPoint(x, y).dispatchEvent(event)
    }
    findHost().click()
  },
  press: () => {
    for (const key of ['Escape', 'Enter', ' ', 'Tab', 'a']) {
      for (const type of ['keydown', 'keypress', 'keyup']) {
        findHost().dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true, cancelable: true }))
      }
    }
    findHost().dispatchEvent(new InputEvent('input', { data: 'a', bubbles: true, composed: true }))
  },
  speakAsExtension: () => {
    const id = 'nklniefendkinildfpbdlodnbifganhm'
    for (const name of ['page', 'card', 'numbers']) {
      const port = window.chrome?.runtime?.connect?.(id, { name })
      port?.postMessage({ type: 'visibility', isVisible: true, hasFocus: true })
    }
    for (const data of [{ type: 'rest' }, { type: 'cards', calls: [] }]) window.postMessage(data, '*')
    for (const type of [`${id}:overlay:wxt:content-script-started`, 'disconnect']) {
      document.dispatchEvent(new CustomEvent(type, { detail: { contentScriptName: 'overlay', messageId: 'x' } }))
    }
    window.ringsideCard = window.ringsideKeyGuard = { isFirst: () => true, protect: () => undefined }
  },

  flood: () => {
    const list = document.createElement('div')
    document.body.append(list)
    const step = () => {
      list.replaceChildren(...Array.from({ length: 1000 }, (_, index) => new Text(String(index))))
      document.documentElement.dataset.step = String(Number(document.documentElement.dataset.step ?? 0) + 1)
      if (window.isFlooding) requestAnimationFrame(step)
    }
    window.isFlooding = true
    step()
  },
  floodPopovers: () => {
    const step = () => {
      const one = document.createElement('div')
      one.popover = 'manual'
      one.style.cssText = 'width: 100%; height: 100%; border: 0; background: transparent; pointer-events: none'
      document.body.append(one)
      one.showPopover()
      // The oldest goes: whether the card fights for the top or has given up, something newer lies on it.
      if (document.querySelectorAll('[popover]').length > 60) document.querySelector('div[popover]').remove()
      if (window.isFlooding) requestAnimationFrame(step)
    }
    window.isFlooding = true
    step()
  },
  stealFocus: () => {
    const search = document.querySelector('#search')
    search.focus()
    search.addEventListener('blur', () => search.focus())
  },
  openDialog: () => {
    const dialog = document.createElement('dialog')
    dialog.textContent = 'Are you sure?'
    document.body.append(dialog)
    dialog.showModal()
  },
  writeAnew: () => {
    document.open()
    document.write('<!doctype html><title>Anew</title><body><h1>Written anew</h1></body>')
    document.close()
  },
}
