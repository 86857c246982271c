import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Evaluated, evaluate } from '../../../shared/rules/evaluate.ts'
import type { Conditions, Rule } from '../../../shared/rules/rule.ts'
import type { RuledLeg } from '../../../shared/rules/ruled-leg.ts'
import type { TakenAct } from '../../../shared/rules/taken-acts.ts'
import { createWallClock } from '../../../shared/rules/time-windows.ts'
import {
  ALERT,
  buildBook,
  buildLeg,
  buildRule,
  buildWindow,
  FORWARD,
  listPattern,
  numberPattern,
  REPLY,
  RINGS_SINCE_MS,
  SUPERVISE,
  TRANSFER,
} from '../../support/rules.ts'

interface Moment {
  readonly legs?: readonly RuledLeg[]
  readonly taken?: readonly TakenAct[]
  readonly callsToday?: number
  /** After the phone began to ring. */
  readonly afterMs?: number
  readonly tellsLater?: boolean
}

function evaluateRules(rules: readonly Rule[], moment: Moment = {}): Evaluated {
  const { legs = [buildLeg()], taken = [], callsToday = 1, afterMs = 0, tellsLater = false } = moment
  return evaluate(
    { legs, taken, callsToday: () => callsToday },
    { book: buildBook(rules), wallClock: createWallClock('UTC'), nowMs: RINGS_SINCE_MS + afterMs, tellsLater },
  )
}

/** What is done, as `rule: act on party`. */
function describeDue({ due }: Evaluated): readonly string[] {
  return due.map(
    ({ rule, act, leg, first }) => `${rule.name}: ${act.kind} on ${leg.partyId}${first ? ` after ${first}` : ''}`,
  )
}

function takenAct(fields: Partial<TakenAct> = {}): TakenAct {
  return {
    rule: 'rule',
    entry: 0,
    attempt: 1,
    partyId: 'p-2',
    kind: 'forward',
    isSaid: false,
    outcome: undefined,
    retryAtMs: undefined,
    ...fields,
  }
}

const queueLeg = buildLeg({ partyId: 'p-1', ownerId: '400201', phase: 'waits', queueId: '400201' })
const offer = buildLeg({ queueId: '400201' })
const onPhone = buildLeg({ phase: 'connected', connectedMs: RINGS_SINCE_MS + 8000 })

/** Each condition with a moment at which it holds and one at which it does not. */
const CONDITIONS: readonly (readonly [string, Conditions, Moment, Moment])[] = [
  ['a number', { caller: [numberPattern('+14085550123')] }, {}, { legs: [buildLeg({ caller: '+14085550124' })] }],
  [
    'a number as it is written in its country',
    { caller: [numberPattern('(408) 555-0123')] },
    {},
    { legs: [buildLeg({ caller: '+15105550123' })] },
  ],
  [
    'a beginning',
    { caller: [{ kind: 'prefix', e164: '+1408' }] },
    {},
    { legs: [buildLeg({ caller: '+12065550123' })] },
  ],
  [
    'a list',
    { caller: [listPattern(['+12065550147', '+14085550123'])] },
    {},
    { legs: [buildLeg({ caller: '+12065550148' })] },
  ],
  [
    'a list of beginnings',
    { caller: [listPattern(['+12065550147'], ['+49', '+1408'])] },
    {},
    { legs: [buildLeg({ caller: '+12065550148' })] },
  ],
  [
    'one of two patterns',
    { caller: [{ kind: 'withheld' }, numberPattern('+14085550123')] },
    {},
    { legs: [buildLeg({ caller: '+12065550148' })] },
  ],
  ['a withheld number', { caller: [{ kind: 'withheld' }] }, { legs: [buildLeg({ caller: undefined })] }, {}],
  [
    'a withheld number that is spelled as a word',
    { caller: [{ kind: 'withheld' }] },
    { legs: [buildLeg({ caller: 'anonymous' })] },
    {},
  ],
  ['no withheld number', { caller: [{ kind: 'prefix', e164: '+' }] }, {}, { legs: [buildLeg({ caller: undefined })] }],
  [
    'a called number',
    { called: [numberPattern('+18005550100')] },
    {},
    { legs: [buildLeg({ called: '+18005550101' })] },
  ],
  ['an extension', { extensionIds: new Set(['200001']) }, {}, { legs: [buildLeg({ ownerId: '200002' })] }],
  [
    'an extension of a queue call',
    { extensionIds: new Set(['200001']) },
    { legs: [queueLeg, offer] },
    { legs: [queueLeg] },
  ],
  ['a queue', { queueIds: new Set(['400201']) }, { legs: [queueLeg] }, { legs: [buildLeg()] }],
  [
    'another queue',
    { queueIds: new Set(['400201', '400202']) },
    { legs: [queueLeg] },
    { legs: [{ ...queueLeg, queueId: '400203' }] },
  ],
  ['so long a ring', { ringingForMs: 6000 }, { afterMs: 6000 }, { afterMs: 5999 }],
  ['so long a wait', { ringingForMs: 6000 }, { legs: [queueLeg], afterMs: 6000 }, { legs: [queueLeg], afterMs: 5999 }],
  ['no ring yet', { ringingForMs: 0 }, {}, { legs: [buildLeg({ ringSinceMs: undefined })] }],
  ['the third call', { callsToday: 3 }, { callsToday: 4 }, { callsToday: 2 }],
  ['a time', { times: [buildWindow('09:00', '11:00')] }, {}, { afterMs: 3_600_000 }],
  [
    'one of two times',
    { times: [buildWindow('07:00', '08:00'), buildWindow('09:00', '11:00')] },
    {},
    { afterMs: 3_600_000 },
  ],
]

describe('the conditions of a rule', () => {
  it.each(CONDITIONS)('hold or do not: %s', (_, when, holds, holdsNot) => {
    expect(describeDue(evaluateRules([buildRule({ when })], holds))).toHaveLength(1)
    expect(describeDue(evaluateRules([buildRule({ when })], holdsNot))).toEqual([])
  })

  it('must all hold', () => {
    const when: Conditions = {
      caller: [numberPattern('+14085550123')],
      called: [numberPattern('+18005550100')],
      extensionIds: new Set(['200001']),
      queueIds: new Set(['400201']),
      ringingForMs: 6000,
      callsToday: 3,
      times: [buildWindow('09:00', '11:00')],
    }
    const holds: Moment = { legs: [offer], afterMs: 6000, callsToday: 3 }
    expect(describeDue(evaluateRules([buildRule({ when })], holds))).toEqual(['rule: forward on p-2'])
    const otherwise: readonly Moment[] = [
      { ...holds, legs: [buildLeg({ queueId: '400201', caller: '+12065550147' })] },
      { ...holds, legs: [buildLeg({ queueId: '400201', called: '+18005550101' })] },
      { ...holds, legs: [{ ...offer, ownerId: '200002' }] },
      { ...holds, legs: [{ ...offer, queueId: undefined }] },
      { ...holds, afterMs: 5000 },
      { ...holds, callsToday: 2 },
      { ...holds, afterMs: 3_600_000 },
    ]
    for (const moment of otherwise) expect(describeDue(evaluateRules([buildRule({ when })], moment))).toEqual([])
  })

  it('of what rang are those of before once the call is answered', () => {
    const rule = (ringingForMs: number) => buildRule({ acts: [TRANSFER], when: { ringingForMs } })
    expect(describeDue(evaluateRules([rule(8000)], { legs: [onPhone], afterMs: 9000 }))).toHaveLength(1)
    expect(evaluateRules([rule(8001)], { legs: [onPhone], afterMs: 60_000 })).toEqual({ due: [] })
  })
})

describe('when is looked again', () => {
  it('is when the phone will have rung so long, for the rule that comes first', () => {
    const rules = [6000, 4000].map((ringingForMs) => buildRule({ name: `r${ringingForMs}`, when: { ringingForMs } }))
    expect(evaluateRules(rules).lookAgainMs).toBe(RINGS_SINCE_MS + 4000)
  })

  it('is not for a call on which the rule can not hold', () => {
    const when = { ringingForMs: 6000, caller: [numberPattern('+12065550147')] }
    expect(evaluateRules([buildRule({ when })]).lookAgainMs).toBeUndefined()
  })

  it('is when a window opens', () => {
    const opens = evaluateRules([buildRule({ when: { times: [buildWindow('10:07', '11:00')] } })])
    expect(opens.lookAgainMs).toBe(RINGS_SINCE_MS + 7 * 60_000)
  })

  it('is when RingCentral takes requests again', () => {
    const taken = [takenAct({ outcome: 'limited', retryAtMs: RINGS_SINCE_MS + 3000 })]
    expect(evaluateRules([buildRule()], { taken })).toEqual({ due: [], lookAgainMs: RINGS_SINCE_MS + 3000 })
    const again = evaluateRules([buildRule()], { taken, afterMs: 3000 })
    expect(again.due.map(({ attempt }) => attempt)).toEqual([2])
    const gone = { taken, afterMs: 3000, legs: [buildLeg({ ownerId: '200002' })] }
    expect(evaluateRules([buildRule({ when: { extensionIds: new Set(['200001']) } })], gone).due).toEqual([])
    const often = [1, 2, 3, 4, 5].map((attempt) => takenAct({ attempt, outcome: 'limited', retryAtMs: 0 }))
    expect(evaluateRules([buildRule()], { taken: often }).due).toEqual([])
  })
})

describe('the moment of an act', () => {
  it.each([
    ['a phone that rings', buildLeg(), ['forward', 'reply', 'alert']],
    ['a caller who waits', queueLeg, ['forward', 'reply', 'alert']],
    ['a call on the phone', onPhone, ['transfer', 'alert', 'supervise']],
  ])('is when it can be done: %s', (_, leg, kinds) => {
    const acts = [FORWARD, REPLY, TRANSFER, ALERT, SUPERVISE]
    const rules = acts.map((act) => buildRule({ name: act.kind, acts: [act], goOn: true }))
    const done = rules.flatMap((rule) => evaluateRules([rule], { legs: [leg], afterMs: 9000 }).due)
    expect(done.map(({ act }) => act.kind)).toEqual(kinds)
  })

  it('is each act its own, in the order of the rule', () => {
    const rule = buildRule({ acts: [ALERT, SUPERVISE] })
    expect(describeDue(evaluateRules([rule]))).toEqual(['rule: alert on p-2'])
    const taken = [takenAct({ kind: 'alert', entry: 0 })]
    expect(describeDue(evaluateRules([rule], { legs: [onPhone], taken }))).toEqual(['rule: supervise on p-2'])
  })

  it('is on the queue before it is on the phones of its agents', () => {
    expect(describeDue(evaluateRules([buildRule()], { legs: [queueLeg, offer] }))).toEqual(['rule: forward on p-1'])
  })
})

describe('the rules of a book', () => {
  const two = (fields: Partial<Rule> = {}, more: Partial<Rule> = {}) => [
    buildRule({ name: 'first', acts: [ALERT], ...fields }),
    buildRule({ name: 'second', acts: [ALERT], ...more }),
  ]

  it('act until one has', () => {
    expect(describeDue(evaluateRules(two()))).toEqual(['first: alert on p-2'])
    expect(describeDue(evaluateRules(two({ when: { callsToday: 2 } })))).toEqual(['second: alert on p-2'])
  })

  it('act on when one says so', () => {
    expect(describeDue(evaluateRules(two({ goOn: true })))).toEqual(['first: alert on p-2', 'second: alert on p-2'])
  })

  it('leave a call to the rule that has acted, and that one may act again', () => {
    const taken = [takenAct({ rule: 'second', kind: 'alert' })]
    expect(evaluateRules(two(), { taken }).due).toEqual([])
    const rules = two({}, { acts: [ALERT, FORWARD] })
    expect(describeDue(evaluateRules(rules, { taken }))).toEqual(['second: forward on p-2'])
  })

  it('may act after a rule that is not in the book any more', () => {
    const taken = [takenAct({ rule: 'gone', kind: 'alert' })]
    expect(describeDue(evaluateRules(two(), { taken }))).toEqual(['first: alert on p-2'])
  })

  it('are not ended by a dry one, which says each thing once', () => {
    const rules = two({ isDry: true })
    const { due } = evaluateRules(rules)
    expect(due.map(({ rule }) => rule.name)).toEqual(['first', 'second'])
    const taken = [
      takenAct({ rule: 'first', kind: 'alert', isSaid: true }),
      takenAct({ rule: 'second', kind: 'alert' }),
    ]
    expect(evaluateRules(rules, { taken }).due).toEqual([])
    expect(describeDue(evaluateRules(two(), { taken: taken.slice(0, 1) }))).toEqual(['first: alert on p-2'])
  })

  it('tell when asked which rule was before them', () => {
    expect(describeDue(evaluateRules(two(), { tellsLater: true }))).toEqual([
      'first: alert on p-2',
      'second: alert on p-2 after first',
    ])
  })

  it('do four things with a call, and no more', () => {
    const rules = Array.from({ length: 6 }, (_, at) => buildRule({ name: `r${at}`, acts: [ALERT], goOn: true }))
    expect(evaluateRules(rules).due).toHaveLength(4)
    const taken = [1, 2, 3].map((at) => takenAct({ rule: `other${at}`, kind: 'alert' }))
    expect(evaluateRules(rules, { taken }).due).toHaveLength(1)
    const limited = taken.map((act) => ({ ...act, outcome: 'limited' as const }))
    expect(evaluateRules(rules, { taken: limited }).due).toHaveLength(4)
  })
})

describe('a call', () => {
  it('is moved once by each rule, whatever came of it', () => {
    const rule = buildRule({ acts: [FORWARD, TRANSFER] })
    for (const outcome of [undefined, 'done', 'tooLate', 'refused', 'failed', 'unknown'] as const) {
      const taken = [takenAct({ outcome })]
      expect(evaluateRules([rule], { taken }).due).toEqual([])
      expect(evaluateRules([rule], { legs: [onPhone], taken }).due).toEqual([])
    }
    const limited = [takenAct({ outcome: 'limited', retryAtMs: RINGS_SINCE_MS + 3000 })]
    expect(describeDue(evaluateRules([rule], { legs: [onPhone], taken: limited }))).toEqual(['rule: transfer on p-2'])
    const again = buildRule({ acts: [FORWARD, FORWARD] })
    expect(evaluateRules([again], { taken: limited }).due).toEqual([])
  })

  it('is not moved from where it is on its way', () => {
    const rules = [buildRule({ name: 'a', goOn: true }), buildRule({ name: 'b', goOn: true })]
    expect(describeDue(evaluateRules(rules, { legs: [queueLeg, offer] }))).toEqual(['a: forward on p-1'])
    const taken = [takenAct({ rule: 'a', outcome: 'tooLate' })]
    expect(describeDue(evaluateRules(rules, { taken }))).toEqual(['b: forward on p-2'])
    const arrived = [buildLeg({ partyId: 'p-3', ownerId: '200009' })]
    expect(
      describeDue(evaluateRules(rules, { legs: arrived, taken: [takenAct({ rule: 'a', outcome: 'done' })] })),
    ).toEqual(['b: forward on p-3'])
  })

  it('gets the same whatever the rules: each act once, one move of each rule, four in all', () => {
    const rule = fc
      .record({
        acts: fc.array(fc.constantFrom(FORWARD, TRANSFER, REPLY, ALERT, SUPERVISE), { minLength: 1, maxLength: 4 }),
        goOn: fc.boolean(),
        isDry: fc.boolean(),
        when: fc.constantFrom<Conditions>({}, { ringingForMs: 4000 }, { extensionIds: new Set(['200001']) }),
      })
      .map((fields) => fields)
    const course = fc.array(fc.constantFrom([buildLeg()], [queueLeg, offer], [onPhone], []), { maxLength: 8 })
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 6 }), course, (fields, legsInTurn) => {
        const rules = fields.map((one, at) => buildRule({ ...one, name: `r${at}` }))
        const taken: TakenAct[] = []
        for (const [at, legs] of legsInTurn.entries()) {
          for (const { rule: one, entry, act, leg, attempt } of evaluateRules(rules, {
            legs,
            taken,
            afterMs: at * 1000,
          }).due)
            taken.push(
              takenAct({ rule: one.name, entry, attempt, kind: act.kind, partyId: leg.partyId, isSaid: one.isDry }),
            )
        }
        const done = taken.filter(({ isSaid }) => !isSaid)
        expect(done.length).toBeLessThanOrEqual(4)
        expect(new Set(taken.map(({ rule: name, entry }) => `${name} ${entry}`)).size).toBe(taken.length)
        const moves = taken.filter(({ kind }) => ['forward', 'transfer', 'reply'].includes(kind))
        expect(new Set(moves.map(({ rule: name }) => name)).size).toBe(moves.length)
        expect(
          new Set(done.map(({ rule: name }) => name).filter((name) => !rules.find((one) => one.name === name)?.goOn))
            .size,
        ).toBeLessThanOrEqual(1)
      }),
    )
  })
})
