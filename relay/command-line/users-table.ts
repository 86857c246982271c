import { formatInstant } from '../../shared/time.ts'
import type { SignedInUser } from './administration.ts'
import { formatMinute, formatTable, printable } from './table.ts'

const HEAD = ['EXTENSION', 'ROLE', 'SINCE', 'LAST SEEN', 'DEVICES', 'NAME']

/** The signed-in people as lines of a table; times are UTC. */
export function formatUsers(users: readonly SignedInUser[]): readonly string[] {
  if (users.length === 0) return ['Nobody is signed in.']
  const rows = users.map(({ extensionId, role, sinceMs, lastSeenMs, devices, name }) => [
    extensionId,
    role,
    formatMinute(formatInstant(sinceMs)),
    formatMinute(formatInstant(lastSeenMs)),
    String(devices),
    printable(name),
  ])
  return formatTable([HEAD, ...rows])
}
