/** Names of what the relay keeps on Redis. `REDIS.md` says what is in each. */
export const PREFIX = 'ringside:'

export const KEYS = {
  log: `${PREFIX}log`,
  events: `${PREFIX}events`,
  uuids: `${PREFIX}uuids`,
  aside: `${PREFIX}aside`,
  records: `${PREFIX}records`,
  changes: `${PREFIX}changes`,
  owner: `${PREFIX}owner`,
  standing: `${PREFIX}standing`,
  pins: `${PREFIX}pins`,
} as const

/**
 * An id as it stands in names and members. Ids are opaque and may be anything: half of a surrogate pair has no bytes of its own, but
 * JSON has a way to write it.
 */
export function encodeId(id: string): string {
  return JSON.stringify(id)
}

export function sessionKey(encodedSessionId: string): string {
  return `${PREFIX}session:${encodedSessionId}`
}

export function membersKey(encodedSessionId: string): string {
  return `${PREFIX}members:${encodedSessionId}`
}

export function ownedKey(encodedExtensionId: string): string {
  return `${PREFIX}owned:${encodedExtensionId}`
}
