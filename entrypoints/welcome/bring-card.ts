/**
 * Loads the card's script into this page. On a site the worker injects it; Chrome allows no injection into the
 * extension's own pages. Done only once there is a call to show, because a card reconnects to the worker each time it
 * is ended, and wakes it.
 */
export function bringCard(): void {
  if (document.querySelector(`script[src="${CARD_FILE}"]`) !== null) return
  const script = document.createElement('script')
  script.src = CARD_FILE
  document.head.append(script)
}

const CARD_FILE = '/card.js'
