import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadRuleBook } from '../../../relay/routing/book/load-book.ts'
import { decodeNotification } from '../../../shared/protocol/notification.ts'
import { createRoutedCalls } from '../../../shared/rules/routed-calls.ts'
import type { RuleBook } from '../../../shared/rules/rule.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { createEventSource } from './events.ts'
import { LISTED_NUMBERS, RULES, writeRules } from './rule-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-rules-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function loadRules(): Promise<RuleBook> {
  const { book, faults, lists } = await loadRuleBook(
    await writeRules(folder, [{ extensionId: '490010' }, { extensionId: '490020' }]),
  )
  expect(faults).toEqual([])
  expect(book?.rules).toHaveLength(RULES)
  expect(lists.map(({ keys }) => keys.size)).toEqual([LISTED_NUMBERS])
  if (book === undefined) throw new Error('a file without faults should be rules')
  return book
}

it('has rules of which only the last one acts, at once on each call that is meant', async () => {
  const calls = createRoutedCalls({ book: await loadRules(), kindOf: () => undefined })
  const source = createEventSource(50)
  const nowMs = Date.now()
  calls.begin(nowMs)
  const round = source.nextRound(2 * SECOND_MS)
  let forwards = 0
  for (const delivery of [...source.opening, ...round]) {
    const told = decodeNotification(JSON.parse(delivery.write(nowMs)))
    if (told.kind !== 'telephony') throw new Error('a delivery should tell of a call')
    calls.take(told, nowMs + delivery.offsetMs)
    const due = calls.takeDue(nowMs + delivery.offsetMs)
    expect(due.map(({ rule, leg }) => [rule.name, leg.telephonySessionId])).toEqual(
      delivery.forwarded === undefined ? [] : [['Customers are forwarded', delivery.forwarded]],
    )
    forwards += due.length
  }
  expect(forwards).toBe(30)
  // With the second event of each of these calls.
  expect(round.length).toBeGreaterThan(550)
})
