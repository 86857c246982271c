import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { CrmFault } from '../../../../relay/crm/api.ts'
import type { Records } from '../../../../relay/log/records.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts'
import {
  createMemoryCrm,
  type MemoryCrm,
  type OutboxScene,
  openOutboxScene,
  playStream as play,
  startOf,
} from '../../../support/outbox-scene.ts'
import { loadNotifications } from '../../../support/streams.ts'
import { createMemoryPlace, type OutboxPlace, redisPlaces } from '../support/outbox-places.ts'

/** The outbox on a manual clock, beside a CRM that keeps no record from being written twice; wherever it keeps what it has. */

const NEVER = new Promise<never>(() => undefined)

/** Ends a relay at one of its steps: from then on nothing of it is carried out or answered. */
function createCrash(atStep: number) {
  let step = 0
  const pass = async () => {
    step++
    if (step >= atStep) await NEVER
  }
  const wrap = (records: Records): Records => ({
    ...records,
    async put(key, value) {
      await pass()
      await records.put(key, value)
      await pass()
    },
    async replace(key, before, value) {
      await pass()
      const isReplaced = await records.replace(key, before, value)
      await pass()
      return isReplaced
    },
  })
  return {
    pass,
    wrap,
    get hasCrashed() {
      return step >= atStep
    },
  }
}

beforeAll(() => redisPlaces?.start())
afterAll(() => redisPlaces?.close())

const PLACES: readonly (readonly [string, () => Promise<OutboxPlace>])[] = [
  ['in memory', createMemoryPlace],
  ...(redisPlaces === undefined ? [] : [['on Redis', redisPlaces.createPlace] as const]),
]

/** Time passes in long strides: what is done in it is the same, and takes less of ours. */
async function skip({ clock, skipTo }: OutboxScene, ms: number): Promise<void> {
  const untilMs = clock.nowMs() + ms
  while (clock.nowMs() < untilMs) await skipTo(Math.min(untilMs, clock.nowMs() + 11 * SECOND_MS))
}

describe.each(PLACES)('%s', (_where, createPlace) => {
  let place: OutboxPlace
  beforeEach(async () => {
    place = await createPlace()
  })
  afterEach(() => place.close())

  interface Wanted extends Partial<Omit<Parameters<typeof openOutboxScene>[0], 'owner'>> {
    /** Around the records of the owner. */
    readonly wrap?: (records: Records) => Records
  }

  /** A relay that is the owner from now on. */
  async function open(crm: MemoryCrm, { wrap = (records) => records, ...more }: Wanted = {}): Promise<OutboxScene> {
    const { owner, ...kept } = await place.open()
    const wrapped = { records: wrap(owner.records), confirm: owner.confirm }
    return openOutboxScene({ crm, startMs: startOf('direct-call'), ...kept, owner: wrapped, ...more })
  }

  describe('a call', () => {
    it('[K2] is written when it is over and nothing was heard of it for the wait, and not before', async () => {
      const crm = createMemoryCrm()
      const scene = await open(crm)
      await play(scene, 'direct-call')
      expect(scene.list()).toMatchObject([{ state: 'waiting' }])
      await scene.pass(29 * SECOND_MS)
      expect(crm.written).toEqual([])
      await scene.pass(3 * SECOND_MS)
      expect(scene.list()).toMatchObject([{ state: 'logged', recordId: '1', tries: 1 }])
      expect(crm.written).toMatchObject([
        { contact: { name: 'Grace Okoye' }, uuid: expect.stringMatching(/^[\da-f-]{14}5/) },
      ])
      await scene.close()
    })

    it('that goes on in another session has one record, of all of it', async () => {
      const crm = createMemoryCrm()
      const scene = await open(crm, { startMs: startOf('attended-transfer'), logsAll: true })
      await play(scene, 'attended-transfer')
      await scene.pass(MINUTE_MS)
      expect(crm.written).toHaveLength(1)
      expect(crm.written[0]?.call).toMatchObject({ wasTransferred: true })
      expect(crm.written[0]?.call.telephonySessionIds.length).toBeGreaterThan(1)
      await scene.close()
    })

    it('between colleagues has none', async () => {
      const crm = createMemoryCrm()
      const scene = await open(crm, { startMs: startOf('internal-call'), logsAll: true })
      await play(scene, 'internal-call')
      await scene.pass(MINUTE_MS)
      expect(scene.list()).toEqual([])
      await scene.close()
    })

    it('of the past, from before there was a CRM, has none', async () => {
      for (const notification of loadNotifications('direct-call')) {
        const { eventTime, telephonySessionId } = notification.body
        const receivedAtMs = Date.parse(eventTime)
        await place.log.append({
          uuid: undefined,
          telephonySessionId,
          extensionIds: [],
          receivedAtMs,
          text: JSON.stringify(notification),
        })
      }
      const scene = await open(createMemoryCrm(), { startMs: startOf('direct-call') + HOUR_MS })
      await scene.pass(MINUTE_MS)
      expect(scene.list()).toEqual([])
      await scene.close()
    })
  })

  it('[K1] is written once, wherever the relay is killed', async () => {
    let steps = 0
    for (let atStep = 1; ; atStep++) {
      // A relay that is left on a Redis that was emptied gives it back what it knows.
      await place.close()
      place = await createPlace()
      const crm = createMemoryCrm()
      const crash = createCrash(atStep)
      const first = await open({ ...crm, before: crash.pass, after: crash.pass }, { wrap: crash.wrap })
      await play(first, 'direct-call')
      await skip(first, MINUTE_MS)
      await first.close()
      const second = await open(crm, { startMs: first.clock.nowMs() })
      // A relay that was killed before it had begun to use the CRM begins afresh.
      const hasBegun = atStep > 1
      await skip(second, 2 * MINUTE_MS)
      expect(crm.written.length, `killed at step ${atStep}`).toBe(hasBegun ? 1 : 0)
      expect(second.list().map(({ state }) => state)).toEqual(hasBegun ? ['logged'] : [])
      await second.close()
      steps = atStep
      if (!crash.hasCrashed) break
    }
    expect(steps).toBeGreaterThan(12)
  })

  it('is written once there is room again, where its state could not be written down', async () => {
    const crm = createMemoryCrm()
    let isFull = false
    const wrap = (records: Records): Records => ({
      ...records,
      async replace(...change) {
        if (isFull) throw new Error('There is no room')
        return records.replace(...change)
      },
    })
    const scene = await open(crm, { wrap })
    crm.before = async (question) => {
      if (question !== 'find' || isFull) return
      isFull = true
      throw new CrmFault('away', { words: 'It did not answer.' })
    }
    await play(scene, 'direct-call')
    await scene.pass(40 * SECOND_MS)
    expect(scene.logText()).toContain('A call could not be written to the CRM')
    expect(crm.written).toEqual([])
    crm.before = async () => undefined
    isFull = false
    await scene.pass(2 * MINUTE_MS)
    expect(scene.list()).toMatchObject([{ state: 'logged' }])
    expect(crm.written).toHaveLength(1)
    await scene.close()
  })

  describe('a CRM that', () => {
    /** Answers each request to write with the next of these; then it does what it should. */
    function failWrites(crm: MemoryCrm, faults: readonly CrmFault[], question = 'write'): void {
      const left = [...faults]
      crm.before = async (asked) => {
        const fault = asked === question ? left.shift() : undefined
        if (fault !== undefined) throw fault
      }
    }

    async function run(crm: MemoryCrm, more: Parameters<typeof open>[1] = {}): Promise<OutboxScene> {
      const scene = await open(crm, more)
      await play(scene, 'direct-call')
      await scene.pass(32 * SECOND_MS)
      return scene
    }

    it('limits is asked again when it says, and not before', async () => {
      const crm = createMemoryCrm()
      failWrites(crm, [new CrmFault('limited', { words: 'Too many', status: 429, retryAfterMs: 90_000 })])
      const scene = await run(crm)
      expect(scene.list()).toMatchObject([{ state: 'ready', tries: 1, words: 'Too many' }])
      await scene.pass(80 * SECOND_MS)
      expect(crm.written).toEqual([])
      await scene.pass(15 * SECOND_MS)
      expect(scene.list()).toMatchObject([{ state: 'logged', tries: 2 }])
      await scene.close()
    })

    it('loses its answer is asked whether it has the record, once its index must have it', async () => {
      const crm = createMemoryCrm()
      let isLost = false
      crm.after = async (question) => {
        if (question !== 'write' || isLost) return
        isLost = true
        throw new CrmFault('away', { words: 'It did not answer.' })
      }
      const scene = await run(crm, { indexLagMs: 2 * MINUTE_MS })
      expect(scene.list()).toMatchObject([{ state: 'sent' }])
      await scene.pass(MINUTE_MS)
      expect(scene.list()).toMatchObject([{ state: 'sent' }])
      await scene.pass(2 * MINUTE_MS)
      expect(scene.list()).toMatchObject([{ state: 'logged', recordId: '1' }])
      expect(crm.written).toHaveLength(1)
      await scene.close()
    })

    it('is away is asked ten times within a day, and then no more', async () => {
      const crm = createMemoryCrm()
      let asked = 0
      crm.before = async (question) => {
        if (question === 'find') asked++
        throw new CrmFault('away', { words: 'It did not answer.' })
      }
      const scene = await run(crm)
      const begunMs = scene.clock.nowMs()
      for (let row = scene.list()[0]; row?.state === 'ready'; row = scene.list()[0]) await scene.skipTo(row.dueAtMs + 1)
      expect(scene.list()).toMatchObject([{ state: 'givenUp', tries: 10, words: 'It did not answer.' }])
      expect(scene.clock.nowMs() - begunMs).toBeGreaterThan(20 * HOUR_MS)
      expect(scene.clock.nowMs() - begunMs).toBeLessThan(26 * HOUR_MS)
      await scene.skipTo(scene.clock.nowMs() + DAY_MS)
      expect(asked).toBe(10)
      await scene.close()
    })

    it('[K5] refuses is not asked again, and its words and what would mend it are kept', async () => {
      const crm = createMemoryCrm()
      failWrites(crm, [new CrmFault('refused', { words: 'The contact is gone.', status: 404 })])
      const scene = await run(crm)
      await scene.pass(HOUR_MS)
      expect(scene.list()).toMatchObject([
        {
          state: 'refused',
          words: 'The contact is gone. The contact may have been deleted or merged: choose another one, or try again.',
        },
      ])
      await scene.close()
    })

    it('does not take somebody as an owner has the record without one', async () => {
      const crm = createMemoryCrm()
      const owned = vi.fn()
      const refusal = new CrmFault('refused', { words: 'operation performed with inactive user', status: 400 })
      crm.owners = new Map([['400102@northwind.example', 'gone']])
      crm.refuses = ({ ownerId }) => {
        owned(ownerId)
        return ownerId === 'gone' ? refusal : undefined
      }
      const scene = await run(crm)
      expect(scene.list()).toMatchObject([{ state: 'logged', tries: 1 }])
      expect(crm.written).toHaveLength(1)
      expect(owned.mock.calls).toEqual([['gone'], [undefined]])
      await scene.close()
    })

    it('takes no record without a contact has none of nobody’s, and it is looked up again', async () => {
      const crm = createMemoryCrm()
      crm.contacts = []
      const scene = await run(crm, { logsAll: true, needsContact: true })
      expect(scene.list()).toMatchObject([{ state: 'noMatch', lookAtMs: expect.any(Number) }])
      expect(crm.written).toEqual([])
      await scene.close()
    })

    it('does not let users be seen has the record without its owner', async () => {
      const crm = createMemoryCrm()
      failWrites(crm, [new CrmFault('refused', { words: 'You are not authorized', status: 403 })], 'owner')
      const scene = await run(crm)
      expect(scene.list()).toMatchObject([{ state: 'logged', tries: 1 }])
      await scene.close()
    })

    it('refuses the record with its owner and without says why it refused the first', async () => {
      const crm = createMemoryCrm()
      crm.owners = new Map([['400102@northwind.example', '9001']])
      crm.refuses = ({ ownerId }) =>
        new CrmFault('refused', { words: ownerId ? 'No such value' : 'No owner', status: 400 })
      const scene = await run(crm)
      expect(scene.list()).toMatchObject([{ state: 'refused', words: expect.stringContaining('No such value') }])
      await scene.close()
    })

    it('does not take the login costs no try', async () => {
      const crm = createMemoryCrm()
      failWrites(crm, [new CrmFault('unauthorized', { words: 'Expired', status: 401 })], 'find')
      const scene = await run(crm)
      expect(crm.written).toHaveLength(1)
      expect(scene.list()).toMatchObject([{ state: 'logged', tries: 1 }])
      await scene.close()
    })

    it('[K6] tells who called is not quoted in the log', async () => {
      const crm = createMemoryCrm()
      failWrites(crm, [new CrmFault('refused', { words: 'No +12065550147 of Grace Okoye', status: 400 })])
      const scene = await run(crm)
      expect(scene.logText()).toContain('The CRM has not taken a call')
      expect(scene.logText()).not.toMatch(/2065550147|Okoye/)
      await scene.close()
    })
  })
})
