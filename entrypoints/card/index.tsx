import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { unreachable } from '../../shared/assert.ts'
import type { CardCommand, CardMessage } from '../lib/contract/ports.ts'
import { isOrphan } from '../lib/page/orphan.ts'
import { createCardPort } from './card-port.ts'
import { mountCards } from './mounted-cards.tsx'
import { flushNotes, forgetUnanswered, takeNoteKept } from './note-drafts.ts'
import { takeSuggestions } from './suggestions.ts'

/**
 * The card on a CRM page, brought by the worker when there is a call to show. It draws what it is sent and asks for what the
 * user wants; it knows nothing else. The shadow root is closed, so that the page cannot read who is calling.
 */
export default defineUnlistedScript(() => {
  // Brought a second time, by a worker that was ended in between: the first one is still here, perhaps with a port to the one before.
  const { ringsideCard } = globalThis as { ringsideCard?: { renew(): void } }
  if (ringsideCard !== undefined) {
    ringsideCard.renew()
    return
  }

  const cards = mountCards({ send, onUse: reportUse, listenToPage })
  const port = createCardPort({ onConnected: greet, onCommand: obey, onOrphaned: cards.takeDown })

  function send(message: CardMessage): void {
    if (isOrphan()) {
      cards.takeDown()
      return
    }
    cards.letGo(message)
    port.post(message)
  }

  function reportUse(ids: ReadonlySet<string>): void {
    if (!isOrphan()) port.post({ type: 'inUse', telephonySessionIds: [...ids] })
    // Cards that were only kept because they were in use may go now.
    cards.draw()
  }

  function greet(): void {
    forgetUnanswered(cards.drawn())
    const telephonySessionIds = [...cards.inUse()]
    if (telephonySessionIds.length > 0) port.post({ type: 'inUse', telephonySessionIds })
  }

  function obey(command: CardCommand): void {
    switch (command.type) {
      case 'cards':
        cards.show(command)
        break
      case 'suggestions':
        takeSuggestions(command)
        break
      case 'noteKept': {
        const { telephonySessionId, note } = command
        const isDrawn = cards.drawn().some((call) => call.telephonySessionId === telephonySessionId)
        takeNoteKept(telephonySessionId, note, isDrawn)
        cards.draw()
        break
      }
      case 'focus':
        cards.takeKeys()
        break
      case 'leave':
        cards.leave()
        break
      default:
        unreachable(command)
    }
  }

  function renew(): void {
    port.disconnect()
    port.connect()
  }

  function listenToPage(): void {
    addEventListener('pagehide', leavePage)
    addEventListener('pageshow', returnToPage)
  }

  function leavePage({ persisted }: PageTransitionEvent): void {
    cards.rest()
    flushNotes()
    if (persisted) port.disconnect()
  }

  function returnToPage({ persisted }: PageTransitionEvent): void {
    if (persisted) port.connect()
  }

  Object.assign(globalThis, { ringsideCard: { renew } })
  port.connect()
  listenToPage()
})

// See it: npm start, then place a call from the phone page; the card is in the lower right corner of the sample CRM.
