/**
 * Brings the card's script to this page. On a site the worker injects it; into a page of the extension Chrome lets nobody
 * inject. Only once there is a call to show: a card comes back to the worker each time that is ended, and wakes it.
 */
export function bringCard(): void {
  if (document.querySelector(`script[src="${CARD_FILE}"]`) !== null) return
  const script = document.createElement('script')
  script.src = CARD_FILE
  document.head.append(script)
}

const CARD_FILE = '/card.js'
