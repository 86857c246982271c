import type { CrmContactJson, CrmRecordJson } from '../../shared/protocol/http/crm.ts'
import { formatInstant } from '../../shared/time.ts'
import type { CrmContact } from './connector.ts'
import type { CrmRow } from './outbox/row.ts'

/** A contact as clients get it: the numbers stay here. */
export function describeContact({ id, kind, name, company, ownerName, url }: CrmContact): CrmContactJson {
  return {
    id,
    kind,
    name,
    ...(company !== undefined && { company }),
    ...(ownerName !== undefined && { ownerName }),
    ...(url !== undefined && { url }),
  }
}

export interface RecordNames {
  nameOf(extensionId: string): string | undefined
  /** What keeps a row from being written that does not say so itself. */
  hindranceOf(row: CrmRow): string | undefined
}

export function describeRow(row: CrmRow, { nameOf, hindranceOf }: RecordNames): CrmRecordJson {
  const { call, contact, candidates = [], recordUrl } = row
  const words = row.words ?? hindranceOf(row)
  const ownerName = findOwnerName(row, nameOf)
  const nextMs = findNextMs(row)
  return {
    key: row.key,
    telephonySessionIds: [...call.telephonySessionIds],
    state: row.state,
    at: formatInstant(call.startedMs),
    direction: call.direction,
    ...(call.customerNumber !== undefined && { number: call.customerNumber }),
    ...(contact !== undefined && { contact: describeContact(contact) }),
    ...(row.state === 'ambiguous' && { candidates: candidates.map(describeContact) }),
    ...(ownerName !== undefined && { ownerName }),
    ...(recordUrl !== undefined && { recordUrl }),
    ...(words !== undefined && { words }),
    tries: row.tries,
    ...(nextMs !== undefined && { nextTryAt: formatInstant(nextMs) }),
  }
}

/** When it goes on by itself, where that is not at once. */
function findNextMs({ state, tries, dueAtMs, lookAtMs }: CrmRow): number | undefined {
  if (state === 'noMatch') return lookAtMs
  return (state === 'ready' || state === 'sent') && tries > 0 ? dueAtMs : undefined
}

function findOwnerName({ call }: CrmRow, nameOf: RecordNames['nameOf']): string | undefined {
  const { ownerExtensionId, talkers } = call
  if (ownerExtensionId === undefined) return undefined
  return nameOf(ownerExtensionId) ?? talkers.find(({ extensionId }) => extensionId === ownerExtensionId)?.name
}
