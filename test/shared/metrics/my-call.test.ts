import { describe, expect, it } from 'vitest'
import { selectMyCalls } from '../../../shared/call/my-calls.ts'
import { measureMyCall } from '../../../shared/metrics/my-call.ts'
import {
  ALL_SCENARIOS,
  attendedTransferByBea,
  attendedTransferToBea,
  attendedTransferToWhoRang,
  conference,
  connectedAndSentBack,
  connectedToAndFro,
  customerTakesPlace,
  pickedUpByBea,
} from '../../support/tied-scenarios.ts'
import { decodeTiedSessions, extensionOf, type TiedSessions } from '../../support/tied-sessions.ts'
import { followTold } from '../../support/told.ts'

const BEA = extensionOf('bea')

/** Figures of everything that counts as a call for a person, by the session that it is known by. */
function measure(tied: TiedSessions, { extensionId = BEA, without = '' } = {}) {
  const calls = followTold(decodeTiedSessions(tied)).map(({ call }) => call)
  const seen = calls.filter(({ telephonySessionId }) => telephonySessionId !== without)
  return new Map(
    selectMyCalls(seen, extensionId)
      .filter(({ kind }) => kind === 'call')
      .map((mine) => {
        const figures = measureMyCall(mine, extensionId, () => [])
        if (figures === undefined) throw new Error('a call of mine should have figures')
        const { agent, call } = figures
        return [
          mine.call.telephonySessionId,
          {
            ring: agent.ring.ms,
            talk: agent.talk.ms,
            hold: agent.hold.ms,
            twoWay: call.twoWayTalk.ms,
            because: call.twoWayTalk.estimates.map(({ because }) => because),
          },
        ]
      }),
  )
}

describe('F10 F11 the figures of', () => {
  it('a call that was connected to me are those of all of my conversation', () => {
    // Answered at 24, connected at 40, I leave at 80.
    expect(measure(attendedTransferToBea()).get('s')).toEqual({
      ring: 3000,
      talk: 56_000,
      hold: 0,
      twoWay: 56_000,
      because: [],
    })
  })

  it('one to which the customer came in a colleague’s place are mine, and the two-way talk is marked', () => {
    expect(measure(customerTakesPlace('sam')).get('s')).toMatchObject({ talk: 56_000, because: ['outOfSight'] })
  })

  it('one that had rung for me before are the same', () => {
    expect(measure(attendedTransferToWhoRang()).get('s')).toMatchObject({ talk: 56_000, twoWay: 56_000, because: [] })
  })

  it('one that had rung for me before are the same, also when the event by which that ended was lost', () => {
    const { sessions, steps } = attendedTransferToWhoRang()
    const kept = steps.filter(({ session, who, code }) => `${session} ${who} ${code}` !== 't bea Disconnected')
    expect(kept).toHaveLength(steps.length - 1)
    expect(measure({ sessions, steps: kept }).get('s')).toMatchObject({ talk: 56_000, twoWay: 56_000 })
  })

  it('one that I passed on and have back are with the customer, each time', () => {
    // I talk from 3 to 20, those I connected from 40 to 50; I am asked from 54, and have her from 60 to 90.
    const figures = measure(connectedToAndFro())
    expect(figures.get('t')).toMatchObject({ talk: 17_000, twoWay: 17_000 + 10_000 })
    expect(figures.get('u')).toMatchObject({ talk: 36_000, twoWay: 6000 + 30_000, because: [] })
  })

  it('one that I placed, passed on and have back are counted both times', () => {
    const figures = measure(connectedToAndFro({ from: 'bea', to: 'ada' }))
    expect(figures.get('t')).toMatchObject({ talk: 17_000 })
    expect(figures.get('u')).toMatchObject({ talk: 36_000 })
  })

  it('one that is sent back to me, in the session in which I had asked, is what I have from then on', () => {
    const figures = measure(connectedAndSentBack())
    expect(figures.get('t')).toMatchObject({ ring: 3000, talk: 17_000, hold: 20_000 })
    expect(figures.get('s')).toMatchObject({ ring: 4000, talk: 35_980, hold: 0 })
  })

  it.each([
    ['t', attendedTransferByBea()],
    ['a', conference()],
    ['t', pickedUpByBea()],
  ] as const)('one of which I see my own legs alone are marked: %s', (session, { sessions, steps }) => {
    const own = steps.filter(({ who }) => who === 'bea')
    expect(measure({ sessions, steps: own }).get(session)?.because).toContain('ownLegOnly')
  })

  it('one that I was moved in are the same', () => {
    expect(measure(attendedTransferToBea({ isMoved: true })).get('s')).toMatchObject({ ring: 3000, talk: 56_000 })
  })

  it('one whose other side went where I cannot see are marked', () => {
    expect(measure(attendedTransferToBea(), { without: 't' }).get('s')).toEqual({
      ring: 3000,
      talk: 56_000,
      hold: 0,
      twoWay: 16_000,
      because: ['outOfSight'],
    })
  })

  it.each(['Gone', 'Disconnected'])(
    'one whose other side left me to others, and is %s without a word where, are marked',
    (code) => {
      const { sessions, steps } = attendedTransferToBea()
      const untold = steps.map(({ to, ...step }) => (to === undefined ? step : { ...step, code }))
      expect(measure({ sessions, steps: untold }).get('s')).toMatchObject({ twoWay: 16_000, because: ['outOfSight'] })
    },
  )

  it('one whose other side was moved to where I am are not', () => {
    expect(measure(attendedTransferToBea({ isMoved: true })).get('s')).toMatchObject({ because: [] })
  })

  it('one that I connected have the consultation as hold and not as talk', () => {
    // I talk from 3 to 20, and hold until 40; the two I connected talk until 80.
    expect(measure(attendedTransferByBea()).get('t')).toEqual({
      ring: 3000,
      talk: 17_000,
      hold: 20_000,
      twoWay: 57_000,
      because: [],
    })
  })

  it('calls that were merged have the time in the room once', () => {
    const figures = measure(conference())
    // Those who are left when I hang up are there for 10 ms more.
    expect(figures.get('a')).toMatchObject({ talk: 17_000 + 60_000, hold: 20_000, twoWay: 17_000 + 60_010 })
    expect(figures.get('b')).toMatchObject({ talk: 16_000, hold: 0, twoWay: 16_000 })
  })
})

it.each(ALL_SCENARIOS)('F10 no moment of %s counts twice for anybody', (_, tied) => {
  for (const who of ['bea', 'sam', 'noor'] as const) {
    const all = [...measure(tied, { extensionId: extensionOf(who) }).values()]
    const spanMs = Math.max(...tied.steps.map(({ atMs }) => atMs))
    expect(all.reduce((sum, { talk }) => sum + talk, 0)).toBeLessThanOrEqual(spanMs)
    for (const { talk, hold } of all) expect(talk + hold).toBeLessThanOrEqual(spanMs)
  }
})
