import { readFile } from 'node:fs/promises'
import { afterEach, expect, it } from 'vitest'
import type { AuditEntry } from '../../../../relay/audit/audit-entries.ts'
import { MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts'
import type { Call } from '../../../platform/calls/call.ts'
import { BEA, INES, NOOR, type RulesScene, SALES, SERVICE, startRulesScene } from './rules-scene.ts'

/** Each file of `docs/rules/` at work, on the stand-in's people and queues. */

const ADA = '+14085550123'
const SOMEBODY = '+14085550166'
const read = (name: string) => readFile(new URL(`../../../../docs/rules/${name}`, import.meta.url), 'utf8')

let scene: RulesScene
afterEach(() => scene.close())

async function call(from: string, to: string = SALES): Promise<Call> {
  const placed = scene.platform.placeCall({ from, to })
  await scene.pass(SECOND_MS)
  return placed
}
const told = (entries: readonly AuditEntry[]) => entries.map(({ act, to, outcome }) => ({ act, to, outcome }))
const toInes = { act: 'forward', to: { extensionId: INES }, outcome: 'done' }
const toMailbox = { act: 'forward', to: { voicemail: SALES }, outcome: 'done' }
const toWatchers = { act: 'alert', to: 'watchers', outcome: 'done' }

it('after hours: who has a contract reaches who is on call, and everybody else a mailbox', async () => {
  // Nine in the evening in Los Angeles.
  scene = await startRulesScene(await read('after-hours.jsonc'), { startMs: Date.parse('2026-01-09T05:00:00.000Z') })
  const [customer, other] = [await call(ADA), await call(SOMEBODY)]
  expect(told(await scene.results(customer.telephonySessionId, 1))).toEqual([toInes])
  expect(told(await scene.results(other.telephonySessionId, 1))).toEqual([toMailbox])
  await scene.pass(SECOND_MS)
  expect([customer.state(), other.state()]).toEqual(['ringing', 'leaving a message'])
})

it('after hours: nothing while somebody is there', async () => {
  scene = await startRulesScene(await read('after-hours.jsonc'))
  const caller = await call(ADA)
  await scene.pass(MINUTE_MS)
  expect(await scene.acts(caller.telephonySessionId)).toEqual([])
})

it('agent assist: the program’s device hears an agent once they talk', async () => {
  scene = await startRulesScene(await read('agent-assist.jsonc'))
  scene.platform.grants.give(SERVICE, 'callMonitoring', [BEA, NOOR])
  const caller = await call(SOMEBODY)
  expect(await scene.acts(caller.telephonySessionId)).toEqual([])
  caller.answer(BEA)
  await scene.pass(SECOND_MS)
  expect(await scene.results(caller.telephonySessionId, 1)).toMatchObject([{ act: 'supervise', outcome: 'done' }])
  await scene.pass(MINUTE_MS)
  expect(await scene.acts(caller.telephonySessionId)).toHaveLength(1)
})

it('important customers: neither in the queue nor at a phone that nobody picks up', async () => {
  scene = await startRulesScene(await read('important-customers.jsonc'))
  const queued = await call(ADA)
  expect(told(await scene.results(queued.telephonySessionId, 2))).toEqual(expect.arrayContaining([toWatchers, toInes]))
  // From the list beside the file.
  const direct = await call('+12065550144', BEA)
  await scene.pass(5 * SECOND_MS)
  expect(await scene.acts(direct.telephonySessionId)).toEqual([])
  await scene.pass(5 * SECOND_MS)
  expect(told(await scene.results(direct.telephonySessionId, 1))).toEqual([toInes])
  const other = await call(SOMEBODY, BEA)
  await scene.pass(20 * SECOND_MS)
  expect(await scene.acts(other.telephonySessionId)).toEqual([])
})

it('a long wait: somebody is told after a minute, and after three it is the mailbox', async () => {
  scene = await startRulesScene(await read('long-wait.jsonc'))
  const caller = await call(SOMEBODY)
  await scene.pass(50 * SECOND_MS)
  expect(await scene.acts(caller.telephonySessionId)).toEqual([])
  await scene.pass(10 * SECOND_MS)
  const toldInes = { act: 'alert', to: { extensionId: INES }, outcome: 'done' }
  expect(told(await scene.results(caller.telephonySessionId, 1))).toEqual([toldInes])
  await scene.pass(2 * MINUTE_MS)
  expect(told(await scene.results(caller.telephonySessionId, 2))).toEqual([toldInes, toMailbox])
  await scene.pass(SECOND_MS)
  expect(caller.state()).toBe('leaving a message')
})

it('twice missed: the third call of a number is told of, and goes to the supervisor', async () => {
  scene = await startRulesScene(await read('twice-missed.jsonc'))
  for (let missed = 0; missed < 2; missed++) {
    const caller = await call(SOMEBODY)
    await scene.pass(30 * SECOND_MS)
    caller.hangUp('caller')
    await scene.pass(SECOND_MS)
    expect(await scene.acts(caller.telephonySessionId)).toEqual([])
  }
  const third = await call(SOMEBODY)
  expect(told(await scene.results(third.telephonySessionId, 1))).toEqual([toWatchers])
  await scene.pass(15 * SECOND_MS)
  expect(told(await scene.results(third.telephonySessionId, 2))).toEqual([toWatchers, toInes])
})
