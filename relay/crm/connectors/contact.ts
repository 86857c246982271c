import * as v from 'valibot'
import type { CrmContact } from '../connector.ts'

/** A text of an answer that may be missing, `null` or empty. */
export const text = v.optional(v.nullable(v.string()))

/** An id that one CRM writes as a number and another as a text. */
export const id = v.pipe(v.union([v.string(), v.number()]), v.transform(String))

type Text = string | null | undefined

/** What a CRM's answer says of somebody, with what it leaves open. */
export interface FoundContact {
  readonly id: string
  readonly kind: string
  readonly name: Text
  readonly company?: Text
  readonly numbers: readonly Text[]
  readonly ownerName?: Text
  readonly url: string
}

/** A contact without what is empty. Who has no name is called by the first number. */
export function describeContact({ id, kind, name, company, numbers, ownerName, url }: FoundContact): CrmContact {
  const written = numbers.filter(isWritten)
  return {
    id,
    kind,
    name: isWritten(name) ? name : (written[0] ?? id),
    ...(isWritten(company) && { company }),
    numbers: written,
    ...(isWritten(ownerName) && { ownerName }),
    url,
  }
}

function isWritten(value: Text): value is string {
  return value !== undefined && value !== null && value.trim() !== ''
}

/** The one that there is; several users with one address are nobody in particular. */
export function selectOnly(ids: readonly string[]): string | undefined {
  return ids.length === 1 ? ids[0] : undefined
}
