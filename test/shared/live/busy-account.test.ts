import { describe, expect, it } from 'vitest'
import { createLiveAccount, type LiveAccount } from '../../../shared/live/account.ts'
import type { ExtensionLive } from '../../../shared/live/types.ts'
import { HOUR_MS } from '../../../shared/time.ts'
import { BUSY_NORTHWIND } from '../../platform/busy/company.ts'
import { playBusyDay } from '../../platform/busy/play.ts'
import type { ExtensionTruth } from '../../platform/truth/extensions.ts'
import type { Truth } from '../../platform/truth/truth.ts'
import { toldAs } from '../../support/live.ts'
import { decode } from '../../support/notification.ts'

/**
 * An hour of a busy account, and what is so by the knowledge of who invented it: all along the hour the fold of its events has to
 * come to the same.
 */

const FROM_MS = Date.parse('2026-03-10T16:00:00Z')
/** Between two comparisons, in events: a prime, so that they fall into every kind of moment. */
const STRIDE = 211

const queueIds = new Set(BUSY_NORTHWIND.queues.map(({ extensionId }) => extensionId))

describe.each([7, 8, 9])('the fold of a busy hour, seed %i', (seed) => {
  const day = playBusyDay({ seed, fromMs: FROM_MS, untilMs: FROM_MS + HOUR_MS })

  it('shows at any time what everybody does and since when, and what they have talked and held', () => {
    const account = createLiveAccount({ sinceMs: FROM_MS, isQueueId: (id) => queueIds.has(id) })
    for (const [index, happening] of day.events.entries()) {
      const { eventTime, sequence, telephonySessionId } = happening.body
      const envelope = { uuid: `${telephonySessionId} ${sequence}`, subscriptionId: '', ownerId: '', ...happening }
      account.take(toldAs(decode(envelope)))
      account.forget(Date.parse(eventTime))
      const position = index + 1
      if (position % STRIDE === 0 || position === day.events.length) compare(account, day.truthAt(position))
    }
  })
})

function compare(account: LiveAccount, { extensions }: Truth) {
  for (const [id, truth] of extensions) {
    expect([id, describeExtension(account.extension(id))]).toEqual([id, describeTrueExtension(truth)])
  }
}

/** In an order that says nothing: the fold puts first what takes most of the person. */
const inOrder = (calls: readonly (readonly unknown[])[]) => calls.map((call) => JSON.stringify(call)).sort()

/** Dialling in to where a call is parked takes a tenth of a second, in which it may be called one thing or the other. */
const isParkingPlace = (number: string | undefined) => number?.startsWith('*8') === true

function describeExtension({ calls, today: { answered, talkMs, holdMs } }: ExtensionLive) {
  const others = calls.filter(({ counterpart }) => !isParkingPlace(counterpart.phoneNumber))
  const live = others.map(({ partyId, direction, state, phase, sinceMs }) => [
    partyId,
    direction,
    state === 'other' ? phase : state,
    sinceMs,
  ])
  return { live: inOrder(live), answered, talkMs, holdMs }
}

/** Which offers of a queue are somebody's calls though they did not take them is a rule and no fact: those are not compared. */
function describeTrueExtension({ live, today }: ExtensionTruth) {
  const { inboundAnswered, outboundAnswered, talkMs, holdMs } = today
  const others = live.filter(({ number }) => !isParkingPlace(number))
  return {
    live: inOrder(others.map(({ partyId, direction, state, sinceMs }) => [partyId, direction, state, sinceMs])),
    answered: inboundAnswered + outboundAnswered,
    talkMs,
    holdMs,
  }
}
