import { describe, expect, it } from 'vitest'
import { compareViews, type News } from '../../../shared/call/difference.ts'
import { selectView } from '../../../shared/call/view.ts'
import { at, step } from '../../support/notification.ts'
import { answer } from '../../support/random-calls.ts'
import { AGENT_EXTENSION_ID, loadStream, STREAM_NAMES, type StreamName } from '../../support/streams.ts'
import { type Told, toldOf } from '../../support/told.ts'
import { trackAll } from '../../support/track-all.ts'
import { caller, colleague, MY_EXTENSION_ID, meCalling, mine, outsider } from './cast.ts'
import { observeDifferences } from './observe-differences.ts'

/** What people are told, and what becomes of the card, when a call looks different from before. */

/** The news in the order in which they were told. */
function newsOf(told: readonly Told[], extensionId = MY_EXTENSION_ID): readonly News[] {
  return observeDifferences(told, extensionId).flatMap(({ news }) => news)
}

function cardsOf(told: readonly Told[], extensionId = MY_EXTENSION_ID): readonly string[] {
  return observeDifferences(told, extensionId).flatMap(({ card }) => (card === 'stays' ? [] : card))
}

/** What Bea is told of each of her sessions in a scenario, its events in the platform's order; by start of the session. */
const NEWS_FOR_BEA: Readonly<Record<StreamName, readonly (readonly News[])[]>> = {
  'pstn-to-user': [['ringing', 'answered', 'held', 'resumed', 'ended']],
  'user-to-pstn': [['calling', 'answered', 'held', 'resumed', 'ended']],
  // The hold is the caller's: Bea is not told of it.
  'user-to-user': [['ringing', 'answered', 'ended']],
  'direct-call': [['ringing', 'improved', 'answered', 'held', 'resumed', 'ended']],
  'ivr-menu': [['ringing', 'answered', 'ended']],
  'queue-answered': [['ringing', 'answered', 'held', 'resumed', 'ended']],
  'queue-answered-elsewhere': [['ringing', 'answeredElsewhere']],
  'queue-abandoned': [['ringing', 'missed']],
  // Two parties of hers, one after the other.
  'queue-rings-again': [['ringing', 'missed', 'ringing', 'answered', 'ended']],
  'many-devices': [['ringing', 'improved', 'answered', 'ended']],
  // No name ever comes.
  anonymous: [['ringing', 'answered', 'ended']],
  'late-name': [['ringing', 'answered', 'improved', 'ended']],
  'caller-gave-up': [['ringing', 'improved', 'missed']],
  'no-answer': [['ringing', 'improved', 'missed']],
  rejected: [['ringing', 'improved', 'ended']],
  // The message is heard, and nothing rings.
  replied: [['ringing', 'improved', 'improved', 'ended']],
  'replied-at-once': [['ringing', 'improved', 'ended']],
  'rung-in-a-name': [['ringing', 'improved', 'answeredElsewhere']],
  'pstn-callee': [['calling', 'answered', 'ended']],
  // Noor's name comes with Bea's own Answered, which is no answer; the hold is Noor's.
  'internal-call': [['calling', 'improved', 'answered', 'ended']],
  // Bea's own phone is answered first, which is no answer.
  'ring-out': [['calling', 'answered', 'ended']],
  'ring-out-without-roles': [['calling', 'answered', 'ended']],
  'ring-out-not-picked-up': [['calling', 'ended']],
  cancelled: [['calling', 'ended']],
  busy: [['calling', 'ended']],
  failed: [['calling', 'ended']],
  'blind-transfer': [['ringing', 'improved', 'answered', 'held', 'transferred']],
  'forwarded-while-ringing': [['ringing', 'improved', 'transferred']],
  'attended-transfer': [
    ['ringing', 'improved', 'answered', 'held', 'transferred'],
    ['calling', 'improved', 'answered', 'transferred'],
  ],
  'transfer-to-me': [['ringing', 'answered', 'improved', 'ended']],
  'transfer-after-queue': [
    ['ringing', 'answeredElsewhere'],
    ['ringing', 'answered', 'ended'],
  ],
  // Parked while the caller waits; Bea's part ends when Sam picks her up.
  'park-and-pick-up': [['ringing', 'improved', 'answered', 'parked', 'ended']],
  'parked-and-gone': [['ringing', 'improved', 'answered', 'parked', 'ended']],
  // Bea's party ends with it, so that it is told as the end.
  'parked-by-the-callers-leg': [['ringing', 'improved', 'answered', 'parked']],
  'park-location': [['ringing', 'improved', 'answered', 'parked', 'resumed', 'ended']],
  // The room of the conference is answered from its first event on.
  conference: [
    ['calling', 'answered', 'held', 'ended'],
    ['calling', 'answered', 'ended'],
    ['answered', 'ended'],
  ],
  'conference-with-colleague': [
    ['ringing', 'improved', 'answered', 'held', 'ended'],
    ['calling', 'improved', 'answered', 'ended'],
    ['answered', 'ended'],
  ],
  monitoring: [['ringing', 'improved', 'answered', 'ended']],
  // The call goes on as it was: on which device is no news.
  'call-switch': [['ringing', 'improved', 'answered', 'ended']],
  'call-flip': [['ringing', 'improved', 'answered', 'ended']],
  // Nobody is on the phone, and it still goes on.
  voicemail: [['ringing', 'improved', 'improved', 'ended']],
  'voicemail-screening': [['ringing', 'improved', 'improved', 'ended']],
  'voicemail-of-a-colleague': [['calling', 'improved', 'improved', 'ended']],
  fax: [['ringing', 'improved', 'ended']],
}

describe('the news of a stream that arrives in order', () => {
  it.each(STREAM_NAMES)('D4 D5 D6 %s is told to the agent step by step', (name) => {
    const events = loadStream(name)
    const sessions = [...new Set(events.map(({ telephonySessionId }) => telephonySessionId))]
    const news = sessions
      .map((id) => toldOf(events, id).toSorted((a, b) => a.sequence - b.sequence))
      .map((session) => newsOf(session, AGENT_EXTENSION_ID))
      .filter((told) => told.length > 0)
    expect(news).toEqual(NEWS_FOR_BEA[name])
  })
})

describe('a card', () => {
  const rings = step(2, 0, 'Proceeding', mine)
  const answered = step(3, 5_000, 'Answered', mine)
  const ends = step(4, 60_000, 'Disconnected', { ...mine, reason: 'NoAnswer' })
  const again = { ...mine, id: 'p-4' }

  const table: readonly (readonly [sentence: string, told: readonly Told[], cards: readonly string[]])[] = [
    ['D1 opens when a live call is first seen', [rings], ['opens']],
    ['D1 opens at the setup and not again when it rings', [step(1, 0, 'Setup', mine), rings], ['opens']],
    ['D1 opens for a call that is talked in already', [answered], ['opens']],
    [
      'D1 opens for a call that only an answer tells of',
      [answer('s-1', Date.parse(at(0)), [{ ...mine, status: { code: 'Proceeding' } }])],
      ['opens'],
    ],
    [
      'D1 opens again for a leg that begins after the first has ended',
      [rings, ends, step(5, 70_000, 'Proceeding', again)],
      ['opens', 'closes', 'opens'],
    ],
    ['D1 stays for a second leg while the first goes on', [rings, step(3, 100, 'Proceeding', again)], ['opens']],
    [
      'D1 goes by the platform’s count, in which ten comes after nine',
      [step(2, 0, 'Disconnected', { ...mine, id: 'p-9' }), step(3, 9, 'Proceeding', { ...mine, id: 'p-10' })],
      ['opens'],
    ],
    [
      'D1 does not open for a leg that the platform counted before one that has ended',
      [step(5, 70_000, 'Disconnected', again), rings],
      [],
    ],
    [
      'D3 closes nothing for a late leg for which it has not opened',
      [step(5, 70_000, 'Proceeding', again), step(6, 80_000, 'Disconnected', again), rings, ends],
      ['opens', 'closes'],
    ],
    ['D2 does not open for a call that is over when it is first seen', [ends, rings, answered], []],
    [
      'D3 does not open again for an event that comes after the end',
      [rings, ends, step(5, 70_000, 'Answered', mine)],
      ['opens', 'closes'],
    ],
    ['D3 does not open again for a late setup', [rings, ends, step(1, 0, 'Setup', mine)], ['opens', 'closes']],
    [
      'D3 does not open again when the end was only an answer’s',
      [rings, answer('s-1', Date.parse(at(1_000)), undefined), answered],
      ['opens', 'closes'],
    ],
    ['D5 closes at the end', [rings, answered, ends], ['opens', 'closes']],
  ]
  it.each(table)('%s', (_sentence, told, cards) => {
    expect(cardsOf(told)).toEqual(cards)
  })
})

describe('what is told', () => {
  const rings = step(3, 100, 'Proceeding', mine)
  const answered = step(4, 5_000, 'Answered', mine)

  const table: readonly (readonly [sentence: string, told: readonly Told[], news: readonly News[]])[] = [
    [
      'D2 nothing of a call that is over when it is first seen',
      [step(5, 9_000, 'Disconnected', { ...mine, reason: 'Rejected' })],
      [],
    ],
    [
      'D2 that it was missed, also when it is over when first seen',
      [step(5, 9_000, 'Disconnected', { ...mine, reason: 'NoAnswer' })],
      ['missed'],
    ],
    [
      'D4 ringing, answered, held, resumed, parked, resumed',
      [
        rings,
        answered,
        step(5, 6_000, 'Hold', mine),
        step(6, 7_000, 'Answered', mine),
        step(7, 8_000, 'Parked', mine),
        step(8, 9_000, 'Answered', mine),
      ],
      ['ringing', 'answered', 'held', 'resumed', 'parked', 'resumed'],
    ],
    [
      'D4 calling, until the called person answers',
      [
        step(2, 0, 'Setup', meCalling),
        step(3, 5, 'Proceeding', outsider),
        step(4, 9, 'Answered', meCalling),
        step(5, 4_000, 'Answered', outsider),
      ],
      ['calling', 'answered'],
    ],
    [
      'D5 the end once, however often it comes',
      [rings, answered, step(5, 9_000, 'Disconnected', mine), step(6, 9_001, 'Disconnected', mine)],
      ['ringing', 'answered', 'ended'],
    ],
    [
      'D5 the end once, when an earlier leg of mine is heard of after the call has ended',
      [
        step(5, 9_000, 'Proceeding', { ...mine, id: 'p-4' }),
        step(6, 9_900, 'Disconnected', { ...mine, id: 'p-4', reason: 'NoAnswer' }),
        rings,
        step(4, 5_000, 'Disconnected', { ...mine, reason: 'NoAnswer' }),
      ],
      ['ringing', 'missed'],
    ],
    [
      'D5 that it was missed',
      [rings, step(5, 9_000, 'Disconnected', { ...mine, reason: 'NoAnswer' })],
      ['ringing', 'missed'],
    ],
    [
      'D5 that it was transferred',
      [rings, answered, step(5, 9_000, 'Disconnected', { ...mine, reason: 'BlindTransfer' })],
      ['ringing', 'answered', 'transferred'],
    ],
    [
      'D5 that it was parked, where my leg ends with that',
      [
        rings,
        answered,
        step(5, 9_000, 'Parked', { ...caller, reason: 'CallPark' }),
        step(6, 9_010, 'Disconnected', { ...mine, reason: 'CallPark' }),
      ],
      ['ringing', 'answered', 'parked'],
    ],
    [
      'D5 that it was parked once, where my leg was told to be parked before',
      [rings, answered, step(5, 9_000, 'Parked', mine), step(6, 19_000, 'Gone', { ...mine, reason: 'Pickup' })],
      ['ringing', 'answered', 'parked', 'ended'],
    ],
    [
      'D5 that somebody else answered',
      [rings, step(5, 9_000, 'Disconnected', { ...mine, reason: 'AgentAnswered' })],
      ['ringing', 'answeredElsewhere'],
    ],
    [
      'D5 the end again when a late event changes the outcome',
      [rings, step(6, 9_000, 'Disconnected', mine), step(5, 5_000, 'Answered', colleague)],
      ['ringing', 'missed', 'answeredElsewhere'],
    ],
    [
      'D5 the end again when my own answer comes late',
      [rings, step(6, 9_000, 'Disconnected', mine), answered],
      ['ringing', 'missed', 'ended'],
    ],
    [
      'D6 an improvement when a name comes late',
      [rings, step(4, 200, 'Proceeding', { ...mine, from: { name: 'Ada Winter' } })],
      ['ringing', 'improved'],
    ],
    [
      'D6 an improvement when a name comes after the end',
      [
        rings,
        step(6, 9_000, 'Disconnected', { ...mine, reason: 'NoAnswer' }),
        step(4, 200, 'Proceeding', { ...mine, from: { name: 'Ada Winter' } }),
      ],
      ['ringing', 'missed', 'improved'],
    ],
    [
      'D6 nothing when nothing is new',
      [rings, rings, step(4, 200, 'Proceeding', mine), step(5, 300, 'Answered', caller)],
      ['ringing'],
    ],
    [
      'D6 nothing of a call in which I have no part',
      [step(2, 0, 'Setup', caller), step(3, 5, 'Proceeding', colleague)],
      [],
    ],
  ]
  it.each(table)('%s', (_sentence, told, news) => {
    expect(newsOf(told)).toEqual(news)
  })

  it('D6 nothing of two views that are one', () => {
    const view = selectView(trackAll('s-1', [rings]).call, MY_EXTENSION_ID)
    expect(compareViews(view, view)).toEqual({ news: [], card: 'stays' })
    expect(compareViews(view, undefined)).toEqual({ news: [], card: 'stays' })
    expect(compareViews(undefined, undefined)).toEqual({ news: [], card: 'stays' })
  })
})
