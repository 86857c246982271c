import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Queue } from '../../platform/queue.ts'
import { RULED } from './company.ts'

export const RULES = 200
export const LISTED_NUMBERS = 50_000

/** A number of the list, by its place. Nobody else calls from one. */
export const listedNumber = (index: number): string => `+1916${2_000_000 + (index % LISTED_NUMBERS)}`

/**
 * Writes a file of rules, and beside it the list as CSV: mixed conditions, each of which has to be looked at for every ringing call
 * of the list until one of them fails, often the last; only the last rule of all acts. Returns the file's path.
 */
export async function writeRules(folder: string, queues: readonly Pick<Queue, 'extensionId'>[]): Promise<string> {
  const numbers = Array.from({ length: LISTED_NUMBERS }, (_, index) => `${listedNumber(index)},Customer ${index}`)
  await writeFile(join(folder, 'customers.csv'), ['number,name', ...numbers, ''].join('\n'))
  const queueIds = queues.map(({ extensionId }) => extensionId)
  const others = Array.from({ length: RULES - 1 }, (_, index) => {
    const mixed = MIXED[index % MIXED.length]
    return { name: `Rule ${index + 1}`, ...mixed?.(index, queueIds) }
  })
  const last = {
    name: 'Customers are forwarded',
    when: { caller: ['list:customers'], extensions: RULED_IDS },
    do: [{ forward: { phoneNumber: '+14085550199' } }],
  }
  const file = join(folder, 'rules.jsonc')
  const lists = { customers: { file: 'customers.csv' } }
  await writeFile(file, JSON.stringify({ timeZone: 'America/Los_Angeles', lists, rules: [...others, last] }, null, 2))
  return file
}

const RULED_IDS = RULED.map(({ extensionId }) => extensionId)
const FORWARD = [{ forward: { extensionId: '400101' } }]

type Mixed = (index: number, queueIds: readonly string[]) => { readonly when: object; readonly do: readonly object[] }

const MIXED: readonly Mixed[] = [
  (index) => ({ when: { caller: [`+4420794${60_000 + index}`, `+4930${100_000 + index}`] }, do: FORWARD }),
  (index) => ({ when: { caller: [`+1916${8000 + index}*`], extensions: RULED_IDS }, do: [{ reply: 'One moment' }] }),
  // The customer has called once.
  (index) => ({ when: { caller: ['list:customers'], callsToday: 500 - index }, do: FORWARD }),
  // It rings for a second.
  (index) => ({ when: { caller: ['list:customers'], ringingForS: 3000 - index, extensions: RULED_IDS }, do: FORWARD }),
  (index, queueIds) => ({
    when: { queues: [queueIds[index % queueIds.length]], caller: ['list:customers'], ringingForS: 500 - index },
    do: [{ alert: { to: 'watchers', text: 'A customer waits' } }],
  }),
  (index) => ({ when: { called: [`+1800555${8000 + index}`], caller: ['list:customers'] }, do: FORWARD }),
  (index) => ({
    when: { caller: ['list:customers', 'withheld'], callsToday: 900 - index, times: [{ from: '00:00' }] },
    do: [{ alert: { to: 'watchers', text: 'This customer calls all day' } }],
  }),
  (index) => ({
    when: { extensions: [RULED_IDS[index % RULED_IDS.length]], caller: [`+1212${2_000_000 + index}`] },
    do: [{ reply: 'We call back' }],
    goOn: true,
  }),
]
