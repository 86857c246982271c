import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { selectMyCalls } from '../../../shared/call/my-calls.ts'
import { measureAgent } from '../../../shared/metrics/agent.ts'
import { type Figure, selectLongest } from '../../../shared/metrics/figure.ts'
import { FIGURES } from '../../../shared/metrics/figures.ts'
import { measureMyCall } from '../../../shared/metrics/my-call.ts'
import { step } from '../../support/notification.ts'
import { loadNotifications, loadStream, STREAM_NAMES } from '../../support/streams.ts'
import { followTold } from '../../support/told.ts'
import { callOf, MY_EXTENSION_ID, mine } from '../call/cast.ts'

const explain = ({ stretches }: Figure) =>
  stretches.map(({ from, to }) => `${from.code} #${from.sequence} → ${to.code} #${to.sequence}`)

/** The rows of the example in SPEC.md. */
function readExample(): readonly { readonly sequence: number; readonly atMs: number; readonly code: string }[] {
  const spec = readFileSync(new URL('../../../shared/call/SPEC.md', import.meta.url), 'utf8')
  return [...spec.matchAll(/^\| #(\d+) \| (\d+) \| (\w+) \|/gm)].map(([, sequence, atMs, code = '']) => ({
    sequence: Number(sequence),
    atMs: Number(atMs),
    code,
  }))
}

describe('F13 the longest hold', () => {
  it('of the example in the rules is what they say', () => {
    const example = readExample()
    expect(example).toHaveLength(9)
    const agent = measureAgent(
      callOf(...example.map(({ sequence, atMs, code }) => step(sequence, atMs, code, mine))),
      MY_EXTENSION_ID,
    )
    expect(agent?.hold.ms).toBe(27_500)
    const longest = agent && selectLongest(agent.hold)
    expect(longest?.ms).toBe(15_000)
    expect(longest && explain(longest)).toEqual(['Hold #6 → Answered #7', 'Hold #8 → Answered #9'])
  })

  it('of several that are equally long is the first', () => {
    const events = [
      step(2, 0, 'Hold', mine),
      step(3, 50, 'Answered', mine),
      step(4, 100, 'Hold', mine),
      step(5, 150, 'Answered', mine),
    ]
    const agent = measureAgent(callOf(...events), MY_EXTENSION_ID)
    expect(agent && explain(selectLongest(agent.hold))).toEqual(['Hold #2 → Answered #3'])
  })

  it('is an estimate where the hold is one', () => {
    const events = [step(2, 0, 'Hold', mine), step(4, 50, 'Answered', mine)]
    const agent = measureAgent(callOf(...events), MY_EXTENSION_ID, [3])
    expect(agent && selectLongest(agent.hold)).toMatchObject({
      ms: 50,
      estimates: [{ because: 'missing', sequences: [3] }],
    })
  })

  it.each([
    ['pstn-to-user', '400102', 2393],
    ['user-to-pstn', '400102', 3275],
    ['user-to-user', '400104', 4319],
  ] as const)('of the recorded call %s is golden', (name, extensionId, ms) => {
    expect(longestOf(name, extensionId)).toBe(ms)
  })

  it('of each stream in which one session is all there is comes to what its events say by themselves', () => {
    const compared = STREAM_NAMES.flatMap((name) => {
      const events = listRawEvents(name)
      if (new Set(events.map(({ session }) => session)).size > 1) return []
      const people = new Set(events.flatMap(({ extensionId }) => extensionId ?? []))
      return [...people].map((extensionId) => ({
        who: `${name} ${extensionId}`,
        ms: longestOf(name, extensionId) ?? 0,
        raw: longestRawHold(events.filter((event) => event.extensionId === extensionId)),
      }))
    })
    expect(compared.filter(({ raw }) => raw > 0).length).toBeGreaterThan(2)
    for (const { who, ms, raw } of compared) expect([who, ms]).toEqual([who, raw])
  })

  it('is never more than the hold, and never less than it is on the average', () => {
    const anyTimes = fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(anyTimes, (holds) => {
        let atMs = 0
        let sequence = 1
        const events = holds.flatMap(([talkMs, holdMs]) => {
          const begins = step(++sequence, atMs + talkMs, 'Hold', mine)
          atMs += talkMs + holdMs
          return [begins, step(++sequence, atMs, 'Answered', mine)]
        })
        const agent = measureAgent(callOf(...events), MY_EXTENSION_ID)
        const hold = agent?.hold.ms ?? 0
        const longest = agent ? selectLongest(agent.hold).ms : Number.NaN
        expect(longest).toBeLessThanOrEqual(hold)
        expect(longest * holds.length).toBeGreaterThanOrEqual(hold)
      }),
    )
  })
})

/** As the figure is defined, over all sessions of a stream. */
function longestOf(name: (typeof STREAM_NAMES)[number], extensionId: string): number | undefined {
  const calls = followTold(loadStream(name)).map(({ call }) => call)
  const [only] = selectMyCalls(calls, extensionId)
  const measured = only && measureMyCall(only, extensionId, () => [])
  return measured && FIGURES.longestHold.of(measured)?.ms
}

interface RawEvent {
  readonly session: string
  readonly sequence: number
  readonly atMs: number
  readonly party: string
  readonly extensionId: string | undefined
  readonly code: string
}

/** The events as they were delivered, read here by themselves. */
function listRawEvents(name: (typeof STREAM_NAMES)[number]): readonly RawEvent[] {
  return loadNotifications(name).flatMap((notification) => {
    const { telephonySessionId: session, sequence, eventTime, parties } = notification.body
    return parties.map(({ id, extensionId, status }) => ({
      session,
      sequence,
      atMs: Date.parse(eventTime),
      party: id,
      extensionId,
      code: status.code,
    }))
  })
}

/** From each Hold to whatever follows at the same party; the longest of these. */
function longestRawHold(events: readonly RawEvent[]): number {
  let longestMs = 0
  const since = new Map<string, number>()
  for (const { party, code, atMs } of events.toSorted((a, b) => a.sequence - b.sequence)) {
    const fromMs = since.get(party)
    if (code === 'Hold') since.set(party, fromMs ?? atMs)
    else if (fromMs !== undefined) {
      longestMs = Math.max(longestMs, atMs - fromMs)
      since.delete(party)
    }
  }
  return longestMs
}
