// In the extension's own world of a CRM page, which alone may look into the card: notes each caller's name when it appears
// there, and '' when the last card has gone. The product does not know that it is watched.

const observer = new MutationObserver(look)
let root

function look() {
  const receivedMs = performance.now()
  const host = document.querySelector('ringside-card')
  if (root === undefined && host !== null) {
    root = chrome.dom.openOrClosedShadowRoot(host)
    observer.observe(root, { childList: true, subtree: true, characterData: true })
  }
  const names = host === null ? [] : root.querySelectorAll('.name')
  for (const { textContent } of names) sightings.note(textContent, receivedMs)
  if (names.length === 0) sightings.note('', receivedMs)
}

observer.observe(document.documentElement, { childList: true })
