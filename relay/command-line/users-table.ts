import { formatInstant } from '../../shared/time.ts'
import type { SignedInUser } from './administration.ts'

const HEAD = ['EXTENSION', 'ROLE', 'SINCE', 'LAST SEEN', 'DEVICES', 'NAME']

/** The signed-in people as lines of a table; times are UTC. */
export function formatUsers(users: readonly SignedInUser[]): readonly string[] {
  if (users.length === 0) return ['Nobody is signed in.']
  const rows = users.map(({ extensionId, role, sinceMs, lastSeenMs, devices, name }) => [
    extensionId,
    role,
    formatMinute(sinceMs),
    formatMinute(lastSeenMs),
    String(devices),
    printable(name),
  ])
  const table = [HEAD, ...rows]
  const widths = HEAD.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function formatMinute(ms: number): string {
  return `${formatInstant(ms).slice(0, 16).replace('T', ' ')}Z`
}

/** A name comes from outside: nothing in it may steer the terminal. */
function printable(name: string): string {
  return name.replaceAll(/\p{C}/gu, '?')
}
