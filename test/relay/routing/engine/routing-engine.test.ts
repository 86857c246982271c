import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryEventLog } from '../../../../relay/log/event-log.memory.ts'
import { tryRules } from '../../../../relay/routing/try/try-rules.ts'
import type { Rule } from '../../../../shared/rules/rule.ts'
import { formatInstant, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts'
import { type EngineScene, type EngineSceneOptions, openEngineScene } from '../../../support/engine-scene.ts'
import { anyArrivals, anyBook, kindInScene, SCENE_START_MS } from '../../../support/routed-scene.ts'
import { ALERT, buildBook, buildRule, SUPERVISE } from '../../../support/rules.ts'
import { loadNotifications, loadStream, type StreamName } from '../../../support/streams.ts'

const scenes: EngineScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

async function openScene(options: EngineSceneOptions): Promise<EngineScene> {
  const scene = await openEngineScene(options)
  scenes.push(scene)
  return scene
}

/** A scene at the beginning of a stream, and what brings its events at their times, `from` to `to` by sequence. */
async function openStream(name: StreamName, rules: readonly Rule[], more: Partial<EngineSceneOptions> = {}) {
  const events = loadStream(name)
  const envelopes = loadNotifications(name)
  const startMs = Math.min(...events.map(({ eventTimeMs }) => eventTimeMs)) - 1000
  const scene = await openScene({ book: buildBook(rules), startMs, ...more })
  const timeOf = (sequence: number) => events.find((event) => event.sequence === sequence)?.eventTimeMs ?? 0
  async function receive(from: number, to: number): Promise<void> {
    for (const [index, event] of events.entries()) {
      if (event.sequence < from || event.sequence > to) continue
      await scene.moveTo(event.eventTimeMs + 50)
      await scene.receive(envelopes[index], event)
    }
  }
  return { scene, receive, timeOf, telephonySessionId: events[0]?.telephonySessionId }
}

describe('the engine of rules', () => {
  it('orders what is due, as the log tells it, with all that carrying it out takes', async () => {
    const { scene, receive, telephonySessionId } = await openStream('queue-answered', [
      buildRule({ name: 'listen in', acts: [SUPERVISE] }),
    ])
    await receive(2, 9)
    expect(scene.orders).toEqual([
      {
        rule: 'listen in',
        act: SUPERVISE,
        actId: `0.1.${telephonySessionId}.listen in`,
        telephonySessionId,
        partyId: `${telephonySessionId?.replace('s-', 'p-')}-3`,
        ownerId: '400102',
        agentId: '400102',
        caller: '+14085550123',
      },
    ])
  })

  it('orders by itself when a phone has rung for so long', async () => {
    const { scene, receive, timeOf } = await openStream('direct-call', [buildRule({ when: { ringingForMs: 2000 } })])
    await receive(2, 5)
    await scene.moveTo(timeOf(5) + 1999)
    expect(scene.orders).toHaveLength(0)
    await scene.moveTo(timeOf(5) + 2000)
    expect(scene.orders).toHaveLength(1)
  })

  it('acts on what has just come, also while more comes than can be read to the end', async () => {
    const inner = createMemoryEventLog()
    let isFlooded = false
    const log = new Proxy(inner, {
      get: (target, name) =>
        name === 'headPosition' && isFlooded ? target.headPosition + 1 : Reflect.get(target, name),
    })
    const envelopes = loadNotifications('direct-call')
    const known = loadStream('direct-call').flatMap((event, at) =>
      event.sequence <= 4 ? { event, text: JSON.stringify(envelopes[at]) } : [],
    )
    const startMs = Math.max(...known.map(({ event }) => event.eventTimeMs))
    const scene = await openScene({ book: buildBook([buildRule()]), startMs, log })
    isFlooded = true
    for (const { event, text } of known) {
      const { telephonySessionId } = event
      await inner.append({ uuid: undefined, telephonySessionId, extensionIds: [], receivedAtMs: startMs, text })
    }
    await expect.poll(() => scene.orders.length).toBe(1)
    isFlooded = false
  })

  it('does nothing twice over starts, whether RingCentral answered or not', async () => {
    for (const answer of [() => 'crash' as const, () => ({ outcome: 'done' as const })]) {
      const { scene, receive } = await openStream('direct-call', [buildRule()], { answer })
      await receive(2, 4)
      await scene.restart()
      await receive(5, 5)
      await scene.restart()
      expect(scene.orders).toHaveLength(1)
      expect(scene.engine.describe()).toMatchObject([
        { hitsToday: 1, hits: [{ outcome: answer() === 'crash' ? 'unknown' : 'done', act: 'forward' }] },
      ])
    }
  })

  it('begins with what holds then, and not with what held before', async () => {
    const { scene, receive } = await openStream('direct-call', [])
    await receive(2, 4)
    await scene.changeRules(buildBook([buildRule()]))
    expect(scene.orders).toHaveLength(1)
    const over = await openStream('direct-call', [])
    await over.receive(2, 10)
    await over.scene.changeRules(buildBook([buildRule({ acts: [ALERT] })]))
    await over.scene.restart()
    expect(over.scene.orders).toEqual([])
  })

  it('tries anew what RingCentral took no more of, as an act with an id of its own that is the same hit', async () => {
    let answers = 0
    const answer = () => {
      answers++
      return answers === 1
        ? ({ outcome: 'limited', status: 429, retryAfterMs: 1000 } as const)
        : ({ outcome: 'done' } as const)
    }
    const { scene, receive, timeOf } = await openStream('direct-call', [buildRule()], { answer })
    await receive(2, 3)
    expect(scene.engine.describe()).toMatchObject([{ hitsToday: 1, hits: [{ outcome: 'limited' }] }])
    await scene.restart()
    await scene.moveTo(timeOf(3) + 1050)
    expect(scene.orders.map(({ actId }) => actId.slice(0, 4))).toEqual(['0.1.', '0.2.'])
    expect(scene.engine.describe()).toMatchObject([{ hitsToday: 1, hits: [{ outcome: 'done' }] }])
  })

  it('asks for one act after the other, and not for what can not be done any more by then', async () => {
    const first = Promise.withResolvers<void>()
    const rules = [
      buildRule({ name: 'a', acts: [SUPERVISE], goOn: true }),
      buildRule({ name: 'b', acts: [{ kind: 'supervise', deviceId: '701', channels: 1 }, ALERT], goOn: true }),
    ]
    const answer: EngineSceneOptions['answer'] = async ({ rule, act }) => {
      if (rule === 'a') await first.promise
      return { outcome: act.kind === 'alert' ? 'done' : 'tooLate' }
    }
    const { scene, receive } = await openStream('direct-call', rules, { answer })
    await receive(2, 8)
    // An alert does not wait for RingCentral.
    expect(scene.orders.map(({ rule, act }) => `${rule} ${act.kind}`)).toEqual(['b alert', 'a supervise'])
    await receive(9, 10)
    first.resolve()
    await scene.close()
    expect(scene.orders).toHaveLength(2)
  })

  it('says what a dry rule would do, once, and does nothing', async () => {
    const { scene, receive } = await openStream('direct-call', [buildRule({ name: 'dry', isDry: true }), buildRule()])
    await receive(2, 5)
    expect(scene.orders.map(({ rule }) => rule)).toEqual(['rule'])
    expect(scene.engine.describe()).toMatchObject([
      { name: 'dry', isDry: true, hitsToday: 1, hits: [{ outcome: 'dry', act: 'forward', caller: '+12065550147' }] },
      { name: 'rule', isDry: false, hitsToday: 1 },
    ])
  })

  it('tells what RingCentral refused last, and begins each day with nothing', async () => {
    const { scene, receive } = await openStream('direct-call', [buildRule()], {
      answer: () => ({ outcome: 'refused', status: 403, words: 'No permission' }),
    })
    await receive(2, 5)
    expect(scene.engine.describe()).toMatchObject([{ lastRefusal: { outcome: 'refused', words: 'No permission' } }])
    scene.clock.jump(24 * HOUR_MS)
    expect(scene.engine.describe()).toEqual([{ name: 'rule', isDry: false, hits: [], hitsToday: 0 }])
  })

  it('goes on when the log could not be read for a while', async () => {
    const log = createMemoryEventLog()
    let isBroken = true
    const read: typeof log.read = (after, limit) =>
      isBroken ? Promise.reject(new Error('The disk is gone')) : log.read(after, limit)
    const { scene, receive, timeOf } = await openStream('direct-call', [buildRule()], {
      log: {
        ...log,
        read,
        get headPosition() {
          return log.headPosition
        },
        get oldestPosition() {
          return log.oldestPosition
        },
      },
    })
    isBroken = false
    await receive(2, 3)
    await scene.moveTo(timeOf(3) + 10 * SECOND_MS)
    expect(scene.orders).toHaveLength(1)
  })

  it('does what a trial of the same log says, whatever arrives', async () => {
    await fc.assert(
      fc.asyncProperty(anyArrivals(), anyBook(), async (arrivals, book) => {
        const startMs = SCENE_START_MS - MINUTE_MS
        const scene = await openEngineScene({ book, startMs })
        for (const { envelope, event, receivedMs } of arrivals) {
          await scene.moveTo(receivedMs)
          await scene.receive(envelope, event)
        }
        const untilMs = Math.max(SCENE_START_MS, ...arrivals.map(({ receivedMs }) => receivedMs)) + 20 * MINUTE_MS
        await scene.moveTo(untilMs)
        const tried = await tryRules({ log: scene.log, book, kindOf: kindInScene, sinceMs: startMs, untilMs })
        const dry = new Set(book.rules.filter(({ isDry }) => isDry).map(({ name }) => name))
        const said = tried.rules.flatMap(({ name, hits }) =>
          dry.has(name)
            ? []
            : hits
                .filter(({ first }) => first === undefined)
                .map(({ at, telephonySessionId }) => `${at} ${name} ${telephonySessionId}`),
        )
        const events = await scene.log.read(0, scene.log.headPosition)
        const done = events.flatMap(({ kind, text, receivedAtMs }) => {
          const record = kind === 'act' ? JSON.parse(text) : undefined
          return record?.step === 'intended'
            ? [`${formatInstant(receivedAtMs)} ${record.by.rule} ${record.telephonySessionId}`]
            : []
        })
        expect(said.sort()).toEqual(done.sort())
        await scene.close()
      }),
      { numRuns: 60 },
    )
  })

  it('does nothing twice and nothing on the past, however often it is started in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyArrivals(),
        anyBook(),
        fc.array(fc.nat(40), { maxLength: 3 }),
        async (arrivals, book, restarts) => {
          const scene = await openEngineScene({ book, startMs: SCENE_START_MS - MINUTE_MS })
          for (const [index, { envelope, event, receivedMs }] of arrivals.entries()) {
            await scene.moveTo(receivedMs)
            if (restarts.includes(index)) await scene.restart()
            await scene.receive(envelope, event)
          }
          await scene.moveTo(scene.clock.nowMs() + HOUR_MS)
          await scene.restart()
          expect(new Set(scene.orders.map(({ actId }) => actId)).size).toBe(scene.orders.length)
          const known = scene.orders.length
          await scene.restart()
          expect(scene.orders).toHaveLength(known)
          await scene.close()
        },
      ),
      { numRuns: 40 },
    )
  })
})
