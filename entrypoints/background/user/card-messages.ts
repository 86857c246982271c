import { buildContact } from '../../lib/caller/new-contact.ts'
import type { CallMessage, CardCommand } from '../../lib/contract/ports.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import type { UserActions } from '../actions/user-actions.ts'
import type { Keepsakes } from '../caller/keepsakes.ts'
import type { Notes } from '../caller/notes.ts'
import type { Matches } from '../crm/matches.ts'
import type { UserCrm } from '../crm-record/user-crm.ts'
import type { PageFacts } from '../pages/open-pages.ts'
import type { UserCards } from './cards.ts'

/** Does what a card asks. `page`: the one that the card is on. */
export type ReceiveCardMessage = (message: CallMessage, page: PageFacts) => Promise<void>

export interface CardMessagesOptions {
  readonly cards: Pick<UserCards, 'find' | 'mark' | 'named'>
  readonly actions: UserActions
  readonly matches: Pick<Matches, 'open' | 'search'>
  readonly crm: Pick<UserCrm, 'offers' | 'choose'>
  /** Opens a page in a new tab beside the one given. */
  readonly openBeside: (url: string, tabId: number) => Promise<void>
  readonly notes: Pick<Notes, 'of'>
  /** Puts an alert of a rule away. */
  readonly leaveAlert: (name: string) => Promise<void>
  readonly keepsakes: Pick<Keepsakes, 'writeNote' | 'changeContacts'>
  /** Answers the card on one page. */
  readonly tell: (page: PageFacts, command: CardCommand) => void
}

type MessageOf<T extends CallMessage['type']> = Extract<CallMessage, { type: T }>
type Handlers = {
  readonly [T in CallMessage['type']]: (message: MessageOf<T>, page: PageFacts) => void | Promise<void>
}

export function createCardMessages(options: CardMessagesOptions): ReceiveCardMessage {
  const { cards, actions, matches, crm, notes, keepsakes, leaveAlert, tell } = options

  /** A card may ask about a call that has just gone: then there is nothing to do. */
  async function withCall(telephonySessionId: string, task: (row: CallRow) => Promise<void>): Promise<void> {
    const row = cards.find(telephonySessionId)
    if (row !== undefined) await task(row)
  }

  const handlers = {
    dismiss: ({ telephonySessionId: id }) => cards.mark(id, { isDismissed: true }),
    fold: ({ telephonySessionId: id, isFolded }) => cards.mark(id, { isFolded }),
    act: ({ telephonySessionId: id, action }) => withCall(id, (row) => actions.act(row, action)),
    callBack: ({ telephonySessionId: id, deviceId }) => withCall(id, (row) => actions.callBack(row, deviceId)),
    openRecord: ({ telephonySessionId: id, url }, page) => withCall(id, (row) => matches.open(row, url, page)),
    search: ({ telephonySessionId: id }, page) => withCall(id, (row) => matches.search(cards.named(row), page)),
    openCrm: ({ telephonySessionId: id, url }, { tabId }) =>
      withCall(id, async (row) => {
        if (crm.offers(row, url)) await options.openBeside(url, tabId)
      }),
    chooseCrm: ({ telephonySessionId: id, choice }) => crm.choose(id, choice),
    suggest: async ({ telephonySessionId: id, query }, page) => {
      const suggestions = await actions.suggest(query, cards.find(id)?.phoneNumber)
      tell(page, { type: 'suggestions', query, suggestions })
    },
    nameCaller: ({ telephonySessionId: id, name }) =>
      withCall(id, async (row) => {
        const contact = buildContact(row, name, crypto.randomUUID())
        if (contact !== undefined) await keepsakes.changeContacts({ kind: 'put', contacts: [contact] })
      }),
    dial: ({ to }, page) => actions.dial.call(page.documentId, to),
    leaveDial: (_, page) => actions.dial.leave(page.documentId),
    leaveAlert: ({ name }) => leaveAlert(name),
    note: async ({ telephonySessionId, note: written }, page) => {
      const problem = await keepsakes.writeNote(telephonySessionId, written)
      const kept = notes.of(telephonySessionId)
      const note = problem === undefined ? kept : { ...kept, isRefused: true as const }
      tell(page, { type: 'noteKept', telephonySessionId, note })
    },
  } satisfies Handlers

  return async (message, page) => {
    const handle: (one: never, page: PageFacts) => void | Promise<void> = handlers[message.type]
    await handle(message as never, page)
  }
}
