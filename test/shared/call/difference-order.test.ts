import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { News } from '../../../shared/call/difference.ts'
import { isDeviceSwitch } from '../../../shared/call/end.ts'
import type { Outcome } from '../../../shared/call/outcome.ts'
import type { CallView } from '../../../shared/call/view.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import type { SessionStatus } from '../../../shared/protocol/status.ts'
import { anyMutations, mangle } from '../../support/mutate.ts'
import { anyAnswers, plannedCall } from '../../support/random-calls.ts'
import { loadNotifications, loadStream, STREAM_NAMES } from '../../support/streams.ts'
import { anyArrival, followTold, listPeople, type Told, toldOf } from '../../support/told.ts'
import { observeDifferences } from './observe-differences.ts'

/** What holds of news and cards in whatever order the events arrive, with repetitions, losses and answers. */

describe('any order of arrival', () => {
  interface Arrival {
    readonly told: readonly Told[]
    readonly extensionId: string
  }

  /** Every session of a stream by itself, seen by each person in it, in any order and with repetitions. */
  function anyArrivalOf(
    events: readonly TelephonyNotification[],
    answers: readonly SessionStatus[] = [],
  ): fc.Arbitrary<Arrival> {
    const parts = followTold(events).flatMap(({ call }) =>
      listPeople(call).map((extensionId) => ({
        extensionId,
        own: toldOf<Told>([...events, ...answers], call.telephonySessionId),
      })),
    )
    return fc
      .constantFrom(...parts)
      .chain(({ extensionId, own }) => anyArrival(own, 5).map((told) => ({ told, extensionId })))
  }

  const anyPart = fc.oneof(
    fc.constantFrom(...STREAM_NAMES).chain((name) => anyArrivalOf(loadStream(name))),
    // The streams in which somebody has two legs, one after the other.
    fc
      .constantFrom('queue-rings-again' as const, 'call-switch' as const)
      .chain((name) => anyArrivalOf(loadStream(name))),
    plannedCall().chain(({ events }) => anyArrivalOf(events)),
  )

  it('D3 opens a card once for one leg at the most, never for one that is over, and none that has closed', () => {
    fc.assert(
      fc.property(anyPart, ({ told, extensionId }) => {
        const opened = new Set<string>()
        let isOpen = false
        for (const { card, after, end } of observeDifferences(told, extensionId)) {
          if (card === 'closes') isOpen = false
          if (card !== 'opens' || after === undefined) continue
          expect(isOpen).toBe(false)
          expect(opened).not.toContain(after.legId)
          // Whoever has gone to another device has not left the call.
          expect(end === undefined || isDeviceSwitch(end)).toBe(true)
          opened.add(after.legId)
          isOpen = true
        }
        expect(isOpen).toBe(false)
      }),
      { numRuns: 400 },
    )
  })

  it('D3 opens a card once for one leg at the most, also when events are lost or garbled and the platform is asked', () => {
    const anyMangled = fc
      .oneof(
        fc.constantFrom(...STREAM_NAMES, 'queue-rings-again' as const).map(loadNotifications),
        plannedCall().map(({ envelopes }) => envelopes),
      )
      .chain((stream) => anyMutations().map((mutations) => mangle(stream, mutations).events))
      .filter((events) => followTold(events).some(({ call }) => listPeople(call).length > 0))
      .chain((events) => anyAnswers(events).chain((answers) => anyArrivalOf(events, answers)))
    fc.assert(
      fc.property(anyMangled, ({ told, extensionId }) => {
        const opened = observeDifferences(told, extensionId).flatMap(({ card, after }) =>
          card === 'opens' ? after?.legId : [],
        )
        expect(new Set(opened).size).toBe(opened.length)
      }),
      { numRuns: 300 },
    )
  })

  it('D1 D3 closes a card only when it is open, or put away because its call had looked over', () => {
    fc.assert(
      fc.property(anyPart, ({ told, extensionId }) => {
        let isThere = false
        for (const { card, after } of observeDifferences(told, extensionId)) {
          if (card === 'closes') expect(isThere).toBe(true)
          isThere = card === 'opens' || (card === 'stays' && after !== undefined && after.phase !== 'ended')
        }
      }),
      { numRuns: 400 },
    )
  })

  it('D5 tells the end again only when the outcome has changed', () => {
    fc.assert(
      fc.property(anyPart, ({ told, extensionId }) => {
        let toldOutcome: Outcome | undefined
        for (const { news, card, after } of observeDifferences(told, extensionId)) {
          // A leg for which a card opens comes to an end of its own.
          if (card === 'opens') toldOutcome = undefined
          if (after?.phase !== 'ended' || !news.some(isEnd)) continue
          expect(after.outcome).not.toBe(toldOutcome)
          toldOutcome = after.outcome
        }
      }),
      { numRuns: 400 },
    )
  })

  it('D5 the end that was told last is the one that it came to', () => {
    fc.assert(
      fc.property(anyPart, ({ told, extensionId }) => {
        const steps = observeDifferences(told, extensionId)
        const view = steps.at(-1)?.after
        expect(view?.phase).toBe('ended')
        const last = steps.flatMap(({ after, news }) => (after?.phase === 'ended' ? news : [])).findLast(isEnd)
        if (view !== undefined && last !== undefined) expect(endsOf(view)).toContain(last)
        if (view !== undefined && endsOf(view).includes('missed')) expect(last).toBe('missed')
      }),
      { numRuns: 400 },
    )
  })

  it('D4 D6 tells every new phase of a leg, and nothing when nothing has changed', () => {
    fc.assert(
      fc.property(anyPart, ({ told, extensionId }) => {
        for (const { before, after, news } of observeDifferences(told, extensionId)) {
          if (JSON.stringify(before) === JSON.stringify(after)) expect(news).toEqual([])
          if (before === undefined || before.phase === 'ended' || after?.legIds.length !== 1) continue
          if (before.phase !== after.phase) expect(news).toHaveLength(1)
        }
      }),
      { numRuns: 300 },
    )
  })
})

const ENDS: ReadonlySet<News> = new Set<News>(['answeredElsewhere', 'transferred', 'parked', 'missed', 'ended'])

function isEnd(news: News): boolean {
  return ENDS.has(news)
}

/** How the end of a call may be told to the person who sees it so: that it is parked may have been told before. */
function endsOf({ outcome, direction }: CallView): readonly News[] {
  if (outcome === 'parked') return ['parked', 'ended']
  if (outcome === 'answeredElsewhere' || outcome === 'transferred') return [outcome]
  const isMissed = direction === 'Inbound' && (outcome === 'missed' || outcome === 'callerGaveUp')
  return [isMissed ? 'missed' : 'ended']
}
