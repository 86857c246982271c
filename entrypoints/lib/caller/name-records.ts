import type { SeenRecord } from '../store/schema.ts'

/** Longer than any name; a ticket's subject may be longer. */
const MAX_NAME_CHARS = 60

/**
 * Whom the CRM's records of one number are about: as the CRM itself told, else by how their pages are called; `undefined` where they do
 * not agree, or where no title reads as a name: a ticket or an order is no caller.
 */
export function nameRecords(records: readonly Pick<SeenRecord, 'title' | 'toldBy'>[]): string | undefined {
  const told = records.filter(({ toldBy }) => toldBy !== undefined)
  const names = new Set(told.length > 0 ? told.map(({ title }) => title) : records.map(({ title }) => nameOf(title)))
  const [name] = names
  return names.size === 1 ? name : undefined
}

/** `(2) Contact: Ada Winter | HubSpot` is about Ada Winter. */
function nameOf(title: string): string | undefined {
  const [first = ''] = title.replace(/^\(\d+\)\s*/, '').split(/\s*[|~\u00b7\u2022]\s*|\s+[-\u2013\u2014]\s+/)
  const name = first.replace(/^(contact|lead|account|person|customer|kontakt|kunde)\s*:\s*/i, '').trim()
  return /\p{L}{2}/u.test(name) && !/[\d#@:/]/.test(name) && name.length <= MAX_NAME_CHARS ? name : undefined
}
