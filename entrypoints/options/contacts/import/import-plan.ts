import { numberKey } from '../../../../shared/number/key.ts'
import { cleanTags } from '../../../lib/notes/tags.ts'
import type { Contact } from '../../../lib/store/schema.ts'
import type { ContactDraft, LineProblem } from './draft.ts'

/**
 * What a file would do to the contacts that are there. An entry is a contact that is there when they have the same name and share a
 * number; also when they share the company and the contact is the only one of that name there, which no other entry of the file is. So
 * a file that is brought again changes only what is new in it, and neither two people behind one switchboard number nor two of one
 * name become one. Nothing is taken away from a contact: what a file lacks may have been added here.
 */
export interface ImportPlan {
  /** Takes in one entry of the file. */
  take(entry: ContactDraft | LineProblem): void
  outcome(): ImportOutcome
}

export interface ImportOutcome {
  /** New and changed contacts, to be written. */
  readonly contacts: readonly Contact[]
  readonly added: number
  readonly changed: number
  /** Contacts that were there already, and lose and gain nothing. */
  readonly same: number
  /** Entries that went into the contact of an earlier one of the file. */
  readonly repeated: number
  readonly problems: readonly LineProblem[]
}

export interface ImportPlanOptions {
  readonly existing: readonly Contact[]
  /** In which the numbers were written, ISO 3166. */
  readonly country: string
  readonly newId: () => string
}

interface Entry {
  readonly before: Contact | undefined
  contact: Contact
}

export function createImportPlan({ existing, country, newId }: ImportPlanOptions): ImportPlan {
  const byName = new Map<string, Entry[]>()
  const touched = new Set<Entry>()
  const problems: LineProblem[] = []
  let repeated = 0
  for (const contact of existing) remember({ before: contact, contact })

  function remember(entry: Entry): void {
    const name = tidyName(entry.contact.name)
    const others = byName.get(name)
    if (others === undefined) byName.set(name, [entry])
    else others.push(entry)
  }

  /** The draft as a contact, with the numbers that can be matched; `undefined` when there is none. */
  function understand({
    line,
    name,
    company,
    phoneNumbers,
    leftovers = [],
    tags,
  }: ContactDraft): ReadContact | undefined {
    const numbers = new Map<string, string>()
    for (const text of phoneNumbers) {
      const { kind, key } = numberKey(text, country)
      if (kind !== 'number' && kind !== 'extension') problems.push({ kind: 'notANumber', line, name, text })
      else if (!numbers.has(key)) numbers.set(key, text)
    }
    for (const text of leftovers) problems.push({ kind: 'notANumber', line, name, text })
    if (numbers.size === 0) return undefined
    return { name, company, phoneNumbers: [...numbers.values()], numberKeys: [...numbers.keys()], tags }
  }

  function add(draft: ContactDraft): void {
    const read = understand(draft)
    if (read === undefined) return
    const entry = findSame(byName.get(tidyName(read.name)) ?? [], read)
    if (entry === undefined) {
      const added = { before: undefined, contact: { id: newId(), ...read } }
      remember(added)
      touched.add(added)
    } else {
      if (touched.has(entry)) repeated++
      touched.add(entry)
      entry.contact = merge(entry.contact, read, country)
    }
  }

  function findSame(namesakes: readonly Entry[], read: ReadContact): Entry | undefined {
    const sharing = namesakes.find(({ contact }) => read.numberKeys.some((key) => contact.numberKeys.includes(key)))
    if (sharing !== undefined) return sharing
    const colleagues = namesakes.filter(({ contact }) => isSameCompany(contact, read))
    const [only] = colleagues
    return colleagues.length === 1 && only !== undefined && !touched.has(only) ? only : undefined
  }

  return {
    take: (read) => {
      if ('kind' in read) problems.push(read)
      else add(read)
    },
    outcome: () => {
      const entries = [...touched]
      const isAdded = ({ before }: Entry) => before === undefined
      const isSameAsBefore = ({ before, contact }: Entry) => before === contact
      const added = entries.filter(isAdded).length
      const same = entries.filter(isSameAsBefore).length
      return {
        contacts: entries.flatMap((entry) => (isSameAsBefore(entry) ? [] : entry.contact)),
        added,
        changed: entries.length - added - same,
        same,
        repeated,
        problems,
      }
    },
  }
}

type ReadContact = Omit<Contact, 'id'>

function isSameCompany(contact: Contact, read: ReadContact): boolean {
  return (
    contact.company !== undefined && read.company !== undefined && tidyName(contact.company) === tidyName(read.company)
  )
}

/** The same object when the file says nothing new. */
function merge(contact: Contact, read: ReadContact, country: string): Contact {
  const newAt = read.numberKeys.flatMap((key, index) => (contact.numberKeys.includes(key) ? [] : index))
  const tags = cleanTags([...contact.tags, ...read.tags])
  const company = contact.company ?? read.company
  if (newAt.length === 0 && tags.length === contact.tags.length && company === contact.company) return contact
  const at = <T>(values: readonly T[]) => newAt.flatMap((index) => values[index] ?? [])
  const newKeys = at(read.numberKeys)
  // A contact is read in one country: a number of another goes into it with its country code.
  const isOfAnother = contact.country !== undefined && contact.country !== country
  const written = isOfAnother ? newKeys.map((key) => key.replace(/^(?:tel|ext):/, '')) : at(read.phoneNumbers)
  return {
    ...contact,
    company,
    phoneNumbers: [...contact.phoneNumbers, ...written],
    numberKeys: [...contact.numberKeys, ...newKeys],
    tags,
  }
}

function tidyName(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()
}
