import type { Clock } from '../../../shared/clock.ts'
import type { CrmMatchesAnswer } from '../../../shared/protocol/http/crm.ts'
import type {
  CardCrm,
  CrmChoice,
  CrmChoiceResult,
  CrmRecordsQuery,
  CrmRecordsReport,
  CrmReport,
} from '../../lib/contract/crm.ts'
import type { RelayClient } from '../../lib/relay/relay-client.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { STORE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { writeToldRecords } from '../../lib/store/write-records.ts'
import { createCallRecords } from './call-records.ts'
import { type ConnectRuntime, connectCrm } from './connect-crm.ts'
import { createCrmClient } from './crm-client.ts'
import { describeCrmRefusal } from './describe-refusal.ts'
import { createNoteSender } from './note-sender.ts'
import { createNumberMatches } from './number-matches.ts'
import { createCrmStanding } from './standing.ts'

/** The account's CRM as one person uses it: whom it knows, and what becomes of their calls there. All of it goes through the relay. */
export interface UserCrm {
  /** What a card says of it; `undefined` where the relay has no CRM, or has said nothing yet. */
  of(row: CallRow): CardCrm | undefined
  /** These calls are on cards now. Asks the relay what they want to know; nothing waits for it. */
  refresh(rows: readonly CallRow[]): void
  /** Whether notes go to the CRM with their call, as far as is known. */
  wantsNotes(): boolean
  /** A note is kept in the store that the relay has not taken. */
  sendNotes(): void
  /** The relay is there again. */
  hurry(): Promise<void>
  choose(telephonySessionId: string, choice: CrmChoice): Promise<void>
  chooseByKey(key: string, choice: CrmChoice): Promise<CrmChoiceResult>
  /** Whether the CRM's address was offered for this call: any other is not gone to. */
  offers(row: CallRow, url: string): boolean
  standing(): Promise<CrmReport>
  records(query: CrmRecordsQuery): Promise<CrmRecordsReport>
  /** The CRM's own form for a new contact with this number; `undefined` where it has none, or does not answer. */
  newContactUrl(number: string): Promise<string | undefined>
  /** Both resolve with why it did not work, as a sentence, or nothing. */
  connect(runtime: ConnectRuntime): Promise<string | undefined>
  disconnect(): Promise<string | undefined>
  close(): void
}

export interface UserCrmOptions {
  readonly store: PersonStore
  readonly relay: RelayClient
  readonly clock: Pick<Clock, 'nowMs' | 'after'>
  /** What cards say of it has changed. */
  readonly onChanged: () => void
  /** What the store knows callers by has changed. */
  readonly onNames: () => void
}

export function createUserCrm({ store, relay, clock, onChanged, onNames }: UserCrmOptions): UserCrm {
  const client = createCrmClient(relay, describeCrmRefusal)
  const standing = createCrmStanding(client, clock)
  const matches = createNumberMatches({ client, clock, keep, onChanged })
  const records = createCallRecords({ client, clock, onChanged })
  const notes = createNoteSender({ client, store, clock, hasCrm: standing.hasCrm })
  let isClosed = false

  /** So that the name is there for the lists of calls, and for the next call before the relay has answered. */
  async function keep(numberKey: string, { crm, contacts }: CrmMatchesAnswer): Promise<void> {
    const told = contacts.flatMap(({ url, name, company }) => {
      const known = { title: name, toldBy: crm, seenMs: clock.nowMs(), ...(company === undefined ? {} : { company }) }
      return url === undefined ? [] : [{ url, ...known }]
    })
    await within(STORE_TIMEOUT_MS, writeToldRecords(store, numberKey, told))
    if (!isClosed) onNames()
  }

  async function look(rows: readonly CallRow[]): Promise<void> {
    await standing.refresh()
    if (isClosed || standing.current() === undefined) return
    if (standing.current()?.isConnected === true) matches.look(rows)
    records.follow(rows.filter(isCustomerCallThatIsOver))
  }

  function of(row: CallRow): CardCrm | undefined {
    const crm = standing.current()
    if (crm === undefined) return undefined
    const match = matches.of(row)
    const record = records.of(row.telephonySessionId)
    if (match === undefined && record === undefined) return undefined
    const { contacts = [], newContactUrl } = match ?? {}
    return {
      crmName: match?.crm ?? crm.displayName ?? '',
      contacts,
      newContactUrl: contacts.length === 0 ? newContactUrl : undefined,
      record,
    }
  }

  return {
    of,
    refresh: (rows) => {
      if (rows.length > 0 || standing.current() !== undefined) void look(rows)
    },
    wantsNotes: () => standing.hasCrm() !== false,
    sendNotes: () => void standing.refresh().then(notes.follow),
    hurry: () => standing.refresh().then(notes.hurry),
    choose: records.choose,
    chooseByKey: records.chooseByKey,
    offers: (row, url) => isWebAddress(url) && listAddresses(of(row)).includes(url),
    standing: standing.ask,
    records: client.records,
    newContactUrl: async (number) => {
      const url = (await client.matches(number))?.newContactUrl
      return url !== undefined && isWebAddress(url) ? url : undefined
    },
    connect: async (runtime) => {
      const problem = await connectCrm(client, standing, runtime)
      onChanged()
      return problem
    },
    disconnect: async () => {
      const problem = await client.disconnect()
      await standing.ask()
      onChanged()
      return problem
    },
    close: () => {
      isClosed = true
      records.close()
      notes.close()
    },
  }
}

/** Calls between colleagues are none that a CRM is told of. */
function isCustomerCallThatIsOver({ phase, numberKey }: CallRow): boolean {
  return phase === 'ended' && numberKey?.startsWith('tel:') === true
}

function listAddresses(crm: CardCrm | undefined): readonly string[] {
  if (crm === undefined) return []
  const { contacts, newContactUrl, record } = crm
  const people = [
    ...contacts,
    ...(record?.candidates ?? []),
    ...(record?.contact === undefined ? [] : [record.contact]),
  ]
  return [...people.map(({ url }) => url), newContactUrl, record?.recordUrl].filter((url) => url !== undefined)
}

/** The relay tells addresses of a CRM's pages; nothing else is opened, whatever it says. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url)
}
