import { beforeEach, describe, expect, it } from 'vitest'
import { CrmFault } from '../../../../relay/crm/api.ts'
import type { CrmRow } from '../../../../relay/crm/outbox/row.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts'
import {
  createMemoryCrm,
  type MemoryCrm,
  type OutboxScene,
  openOutboxScene,
  playStream,
  startOf,
} from '../../../support/outbox-scene.ts'
import { recordToWrite } from '../support/written-record.ts'

/** Calls of numbers that nobody has in the CRM. */

let crm: MemoryCrm
let people: MemoryCrm['contacts']
let asked: number
beforeEach(() => {
  crm = createMemoryCrm()
  people = crm.contacts
  crm.contacts = []
  asked = 0
  crm.before = async (question) => {
    if (question === 'find') asked++
  }
})

async function openAfterCall(): Promise<OutboxScene> {
  const scene = await openOutboxScene({ crm, startMs: startOf('direct-call') })
  await playStream(scene, 'direct-call')
  await scene.pass(32 * SECOND_MS)
  expect(scene.list()).toMatchObject([{ state: 'noMatch', tries: 0 }])
  return scene
}

/** In strides, each as long as a look waits for its turn. */
async function skip(scene: OutboxScene, ms: number): Promise<void> {
  const untilMs = scene.clock.nowMs() + ms
  while (scene.clock.nowMs() < untilMs) await scene.skipTo(Math.min(untilMs, scene.clock.nowMs() + 10 * MINUTE_MS))
}

describe('a number that nobody has', () => {
  it('is looked up again five times within days, and then no more by itself', async () => {
    const scene = await openAfterCall()
    const begunMs = scene.clock.nowMs()
    const looksAtMs: number[] = []
    for (let row = scene.list()[0]; row?.lookAtMs !== undefined; row = scene.list()[0]) {
      looksAtMs.push(Math.round((row.lookAtMs - begunMs) / MINUTE_MS))
      await scene.skipTo(row.lookAtMs)
      await scene.pass(31 * SECOND_MS)
    }
    expect(looksAtMs.length).toBe(5)
    expect(looksAtMs[0]).toBe(10)
    expect(looksAtMs[4]).toBeGreaterThan((4 * DAY_MS) / MINUTE_MS)
    await skip(scene, 5 * DAY_MS)
    expect(asked).toBe(1 + looksAtMs.length)
    expect(scene.list()).toMatchObject([{ state: 'noMatch' }])
    expect(crm.written).toEqual([])
    await scene.close()
  })

  it('is written once somebody has it', async () => {
    const scene = await openAfterCall()
    await skip(scene, 30 * MINUTE_MS)
    crm.contacts = people
    await skip(scene, HOUR_MS)
    expect(scene.list()).toMatchObject([{ state: 'logged', contact: { name: 'Grace Okoye' } }])
    expect(crm.written).toHaveLength(1)
    await scene.close()
  })

  it('has its calls of before written when it calls again and somebody has it', async () => {
    const scene = await openAfterCall()
    crm.contacts = people
    const [row] = scene.list()
    await scene.rows.add({ ...(row as CrmRow), key: 's-next', state: 'ready', dueAtMs: 0 })
    await scene.pass(2 * SECOND_MS)
    expect(scene.list().map(({ state }) => state)).toEqual(['logged', 'logged'])
    expect(crm.written).toHaveLength(2)
    // For both of them.
    expect(asked).toBe(2)
    await scene.close()
  })

  it('of one’s own, or that was withheld, is not looked up', async () => {
    const scene = await openOutboxScene({ crm, startMs: startOf('anonymous') })
    await playStream(scene, 'anonymous')
    await scene.pass(32 * SECOND_MS)
    expect(scene.list()).toMatchObject([{ state: 'noMatch' }])
    expect(scene.list()[0]).not.toHaveProperty('lookAtMs')
    await scene.close()
  })

  it('is looked up again later where the CRM could not be asked, which does not count', async () => {
    const scene = await openAfterCall()
    crm.before = async () => {
      throw new CrmFault('limited', { words: 'Too many', status: 429, retryAfterMs: HOUR_MS })
    }
    const before = scene.list()[0]
    await skip(scene, 11 * MINUTE_MS)
    expect(scene.list()).toMatchObject([{ state: 'noMatch', looks: before?.looks }])
    expect(scene.list()[0]?.lookAtMs).toBeGreaterThan(scene.clock.nowMs() + 50 * MINUTE_MS)
    crm.before = async () => undefined
    crm.contacts = people
    await skip(scene, 70 * MINUTE_MS)
    expect(scene.list()).toMatchObject([{ state: 'logged' }])
    await scene.close()
  })
})

it('many numbers are looked up in turn, at most 120 in an hour, the newest calls first', async () => {
  const scene = await openOutboxScene({ crm, startMs: startOf('direct-call') })
  const startMs = scene.clock.nowMs()
  for (let index = 0; index < 300; index++) {
    const { key, call } = recordToWrite({ key: `s-${index}` }, { customerNumber: `+1206555${1000 + index}` })
    const looks = index < 200 ? 3 : 1
    const row: CrmRow = {
      key,
      call,
      state: 'noMatch',
      looks,
      lookAtMs: startMs,
      memberIds: [],
      dueAtMs: 0,
      tries: 0,
      sinceMs: startMs,
    }
    await scene.rows.add(row)
  }
  await scene.pass(HOUR_MS)
  expect(asked).toBeGreaterThan(100)
  expect(asked).toBeLessThanOrEqual(120)
  expect(scene.list().filter(({ looks }) => looks === 1)).toEqual([])
  await scene.close()
})
