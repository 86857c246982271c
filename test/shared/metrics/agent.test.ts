import { describe, expect, it } from 'vitest'
import { type AgentFigures, measureAgent } from '../../../shared/metrics/agent.ts'
import type { Figure } from '../../../shared/metrics/figure.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { step } from '../../support/notification.ts'
import { AGENT_EXTENSION_ID, loadStream } from '../../support/streams.ts'
import { caller, callOf, colleague, MY_EXTENSION_ID, meCalling, mine, outsider } from '../call/cast.ts'

function measure(...events: readonly TelephonyNotification[]): AgentFigures {
  return figuresOf(measureAgent(callOf(...events), MY_EXTENSION_ID))
}

function figuresOf(figures: AgentFigures | undefined): AgentFigures {
  if (figures === undefined) throw new Error('the person should have a part in the call')
  return figures
}

const explain = ({ stretches }: Figure) =>
  stretches.map(({ from, to }) => `${from.code} #${from.sequence} → ${to.code} #${to.sequence}`)

/** Both legs in one call: I call, my leg is Answered before the other side's, then held and resumed. */
const outgoing = [
  step(2, 0, 'Setup', meCalling),
  step(3, 10, 'Setup', outsider),
  step(4, 20, 'Answered', meCalling),
  step(5, 30, 'Proceeding', outsider),
  step(6, 100, 'Answered', outsider),
  step(7, 300, 'Hold', meCalling),
  step(8, 350, 'Answered', meCalling),
  step(9, 900, 'Disconnected', meCalling),
  step(10, 910, 'Disconnected', outsider),
]

it('a person who has no part in a call has no figures of it', () => {
  expect(measureAgent(callOf(step(2, 0, 'Answered', caller)), MY_EXTENSION_ID)).toBeUndefined()
})

describe('F6 my ring', () => {
  it('of a call that comes in is that of my phones', () => {
    const events = [
      step(2, 0, 'Setup', mine),
      step(3, 10, 'Proceeding', mine),
      step(4, 15, 'Proceeding', colleague),
      step(5, 60, 'Answered', mine),
    ]
    expect(measure(...events).ring.ms).toBe(50)
    expect(explain(measure(...events).ring)).toEqual(['Proceeding #3 → Answered #5'])
  })

  it('of two phones of mine that ring at once is counted once', () => {
    const second = { ...mine, id: 'p-4' }
    const events = [
      step(2, 0, 'Proceeding', mine),
      step(3, 10, 'Proceeding', second),
      step(4, 50, 'Disconnected', mine),
      step(5, 80, 'Disconnected', second),
      step(6, 200, 'Proceeding', { ...mine, id: 'p-5' }),
      step(7, 230, 'Disconnected', { ...mine, id: 'p-5' }),
    ]
    expect(measure(...events).ring.ms).toBe(110)
  })

  it('of a phone to which I move the call that I am in is none', () => {
    const flipped = { ...mine, id: 'p-9' }
    const { ring, talk } = measure(
      step(2, 0, 'Proceeding', mine),
      step(3, 5, 'Answered', mine),
      step(4, 20, 'Proceeding', flipped),
      step(5, 25, 'Answered', flipped),
      step(6, 25, 'Disconnected', { ...mine, reason: 'CallFlip' }),
      step(7, 30, 'Disconnected', flipped),
    )
    expect([ring.ms, talk.ms]).toEqual([5, 25])
  })

  it('of a phone to which I move a call of mine is none, also where my own legs are all there is to see', () => {
    const flipped = { ...mine, id: 'p-9' }
    const { ring, talk } = measure(
      step(2, 0, 'Proceeding', meCalling),
      step(3, 5, 'Answered', meCalling),
      step(4, 20, 'Proceeding', flipped),
      step(5, 25, 'Answered', flipped),
      step(6, 25, 'Disconnected', { ...meCalling, reason: 'CallFlip' }),
      step(7, 30, 'Disconnected', flipped),
    )
    expect([ring.ms, talk.ms]).toEqual([5, 25])
  })

  it('of a call of mine is that of the phone that was answered', () => {
    const events = [
      step(2, 0, 'Proceeding', meCalling),
      step(3, 10, 'Proceeding', outsider),
      step(4, 20, 'Proceeding', colleague),
      step(5, 60, 'Answered', colleague),
      step(6, 70, 'Disconnected', outsider),
    ]
    expect(explain(measure(...events).ring)).toEqual(['Proceeding #4 → Answered #5'])
    expect(measure(...events).ring.ms).toBe(40)
  })

  it('of a call of mine that nobody answered is that of the first that was called', () => {
    const events = [
      step(2, 0, 'Proceeding', meCalling),
      step(3, 10, 'Proceeding', colleague),
      step(4, 20, 'Proceeding', outsider),
      step(5, 60, 'Disconnected', outsider),
      step(6, 90, 'Disconnected', colleague),
    ]
    expect(measure(...events).ring.ms).toBe(40)
  })
})

describe('F7 my talk', () => {
  it('is the time in which my leg talks', () => {
    const events = [step(2, 0, 'Answered', mine), step(3, 100, 'Hold', mine), step(4, 300, 'Answered', mine)]
    expect(measure(...events, step(5, 350, 'Disconnected', mine)).talk.ms).toBe(150)
  })

  it('in two legs at once is counted once', () => {
    const second = { ...mine, id: 'p-3' }
    const events = [
      step(2, 0, 'Answered', mine),
      step(3, 100, 'Answered', second),
      step(4, 200, 'Disconnected', mine),
      step(5, 500, 'Disconnected', second),
    ]
    expect(measure(...events).talk.ms).toBe(500)
  })

  it("of a call of mine begins with the called person's answer", () => {
    expect(measure(...outgoing).talk.ms).toBe(200 + 550)
    expect(explain(measure(...outgoing).talk)).toEqual(['Answered #6 → Hold #7', 'Answered #8 → Disconnected #9'])
  })

  it('of a call of mine that nobody answered is none', () => {
    const events = outgoing.filter(({ sequence }) => sequence !== 6)
    expect(measure(...events).talk).toMatchObject({ ms: 0, stretches: [] })
  })

  it('of a call of mine that reached a menu only is none, for the menu is seen', () => {
    const menu = { ...outsider, extensionId: '900' }
    const events = [
      step(2, 0, 'Setup', meCalling),
      step(3, 10, 'Setup', menu),
      step(4, 20, 'Answered', meCalling),
      step(5, 500, 'Disconnected', { ...menu, reason: 'CallerInputRedirect' }),
      step(6, 800, 'Disconnected', meCalling),
    ]
    expect(measure(...events).talk).toMatchObject({ ms: 0, estimates: [] })
  })

  it('is none while I listen', () => {
    const listening = { ...mine, muted: true }
    expect(measure(step(2, 0, 'Answered', listening), step(3, 90, 'Disconnected', listening)).talk.ms).toBe(0)
    const events = [step(2, 0, 'Answered', mine), step(3, 90, 'Disconnected', mine)]
    expect(figuresOf(measureAgent(callOf(...events), MY_EXTENSION_ID, [], new Set(['p-2']))).talk.ms).toBe(0)
  })
})

describe('F7 my hold', () => {
  it('is the time in which my leg holds', () => {
    const events = [step(2, 0, 'Answered', mine), step(3, 100, 'Hold', mine), step(4, 300, 'Answered', mine)]
    const figures = measure(...events, step(5, 400, 'Hold', mine))
    expect(figures).toMatchObject({ hold: { ms: 200 }, holdCount: 2 })
  })

  it("is not the other side's", () => {
    const events = [step(2, 0, 'Answered', mine), step(3, 100, 'Hold', caller), step(4, 300, 'Answered', caller)]
    expect(measure(...events)).toMatchObject({ hold: { ms: 0 }, holdCount: 0 })
  })

  it('in two legs at once is counted once', () => {
    const second = { ...mine, id: 'p-3' }
    const events = [
      step(2, 0, 'Hold', mine),
      step(3, 100, 'Hold', second),
      step(4, 200, 'Disconnected', mine),
      step(5, 500, 'Disconnected', second),
    ]
    expect(measure(...events)).toMatchObject({ hold: { ms: 500 }, holdCount: 2 })
  })

  it("of a call of mine counts from the called person's answer on", () => {
    const events = [
      step(2, 0, 'Setup', meCalling),
      step(3, 10, 'Proceeding', outsider),
      step(4, 20, 'Answered', meCalling),
      step(5, 30, 'Hold', meCalling),
      step(6, 100, 'Answered', outsider),
      step(7, 150, 'Answered', meCalling),
      step(8, 900, 'Disconnected', meCalling),
    ]
    expect(measure(...events).hold.ms).toBe(50)
  })
})

describe('F8 the evidence of the recorded calls', () => {
  it.each([
    [
      'pstn-to-user',
      AGENT_EXTENSION_ID,
      { ringMs: 7345, talkMs: 12414, holdMs: 2393 },
      ['Proceeding #7 → Answered #8'],
      ['Answered #8 → Hold #9', 'Answered #10 → Disconnected #11'],
      ['Hold #9 → Answered #10'],
    ],
    [
      'user-to-pstn',
      AGENT_EXTENSION_ID,
      { ringMs: 7209, talkMs: 12843, holdMs: 3275 },
      ['Proceeding #3 → Answered #5'],
      ['Answered #6 → Hold #7', 'Answered #8 → Disconnected #9'],
      ['Hold #7 → Answered #8'],
    ],
    [
      'user-to-user',
      '400104',
      { ringMs: 6674, talkMs: 9648, holdMs: 4319 },
      ['Proceeding #5 → Answered #6'],
      ['Answered #6 → Hold #7', 'Answered #8 → Disconnected #9'],
      ['Hold #7 → Answered #8'],
    ],
  ] as const)('%s', (name, extensionId, ms, ring, talk, hold) => {
    const figures = figuresOf(measureAgent(callOf(...loadStream(name)), extensionId))
    expect({ ringMs: figures.ring.ms, talkMs: figures.talk.ms, holdMs: figures.hold.ms }).toEqual(ms)
    expect([figures.ring, figures.talk, figures.hold].map(explain)).toEqual([ring, talk, hold])
  })
})

describe('F9 an estimate', () => {
  it('is the talk of a call that I flip to a phone which is not told to be mine', () => {
    const elsewhere = { ...outsider, id: 'p-9' }
    const flip = [
      step(2, 0, 'Answered', caller),
      step(3, 0, 'Proceeding', mine),
      step(4, 5, 'Answered', mine),
      step(5, 20, 'Answered', elsewhere),
      step(6, 21, 'Disconnected', { ...mine, reason: 'CallFlip' }),
    ]
    expect(measure(...flip)).toMatchObject({
      ring: { estimates: [] },
      talk: { ms: 16, estimates: [{ because: 'outOfSight' }] },
    })
    expect(measure(...flip, step(7, 22, 'Answered', { ...mine, id: 'p-10' })).talk.estimates).toEqual([])
    const inVain = [
      step(7, 22, 'Proceeding', { ...mine, id: 'p-10' }),
      step(8, 30, 'Disconnected', { ...mine, id: 'p-10' }),
    ]
    expect(measure(...flip, ...inVain).talk.estimates).toEqual([{ because: 'outOfSight' }])
  })

  it('is the talk and the ring of a call of mine of which my own leg is all there is to see', () => {
    const own = loadStream('user-to-user').filter(({ parties }) => parties[0]?.extensionId === '400104')
    const { ring, talk, hold } = figuresOf(measureAgent(callOf(...own), '400104'))
    expect(talk).toMatchObject({ ms: 16344, estimates: [{ because: 'ownLegOnly' }] })
    expect(ring.estimates).toEqual([{ because: 'ownLegOnly' }])
    expect(hold).toMatchObject({ ms: 4319, estimates: [] })
  })

  it('is none in a call that comes in: my own leg is all that my figures need', () => {
    const { ring, talk } = measure(step(3, 0, 'Proceeding', mine), step(4, 9, 'Answered', mine))
    expect([ring.estimates, talk.estimates]).toEqual([[], []])
  })

  it('is what events are known to be missing for', () => {
    const missing = (...sequences: number[]) => [{ because: 'missing', sequences }]
    const figures = figuresOf(measureAgent(callOf(...outgoing), MY_EXTENSION_ID, [1, 11]))
    expect([figures.ring, figures.talk, figures.hold].map(({ estimates }) => estimates)).toEqual([
      missing(1),
      missing(1),
      missing(1),
    ])
  })

  it('is not what events are missing for that came after my leg had ended', () => {
    const figures = figuresOf(
      measureAgent(
        callOf(step(2, 0, 'Answered', mine), step(3, 9, 'Gone', mine), step(5, 20, 'Setup', colleague)),
        '200',
        [4],
      ),
    )
    expect(figures.talk.estimates).toEqual([])
  })
})
