import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { END_KINDS, LEG_STATES, type Leg } from '../../../shared/call/state.ts'
import { isEndKind, type LegCondition, TRANSITIONS, type Transition } from '../../../shared/call/transitions.ts'
import { decodeStatusCode, STATUS_CODES, type StatusCode } from '../../../shared/protocol/status-codes.ts'
import { step } from '../../support/notification.ts'
import { onlyLegOf } from './cast.ts'

const CODES: readonly (StatusCode | 'Unrecognised')[] = [...STATUS_CODES, 'Unrecognised']
const LEG_CONDITIONS = Object.keys(TRANSITIONS) as readonly LegCondition[]
const cells = LEG_CONDITIONS.flatMap((condition) => CODES.map((code) => [condition, code] as const))

/** A spelling that means this. */
const spell = (code: StatusCode | 'Unrecognised') => (code === 'Unrecognised' ? 'Levitating' : code)

it('the table has every condition and every code', () => {
  expect([...LEG_CONDITIONS].sort()).toEqual(['new', ...LEG_STATES, ...END_KINDS].sort())
  for (const condition of LEG_CONDITIONS) expect(Object.keys(TRANSITIONS[condition]).sort()).toEqual([...CODES].sort())
})

describe('L1 what a status code does to a leg:', () => {
  it.each(cells)('%s and %s', (condition, code) => {
    const before = condition === 'new' ? [] : [step(2, 0, reach(condition))]
    const leg = onlyLegOf(...before, step(3, 100, spell(code)))
    expect(describeLeg(leg)).toEqual(expectLeg(condition, TRANSITIONS[condition][code]))
  })
})

describe('L1 the table in SPEC.md', () => {
  const rows = readTable()

  it('has every code once', () => {
    expect(rows.map(({ code }) => code).sort()).toEqual([...CODES].sort())
  })

  it.each(rows)('says of $code what the code does: $effect', ({ code, aliases, effect }) => {
    for (const alias of aliases) expect(decodeStatusCode(alias)).toBe(code)
    for (const condition of LEG_CONDITIONS) {
      const ended = isEndKind(condition as Transition)
      expect(TRANSITIONS[condition][code as StatusCode]).toBe(ended ? 'ignored' : effect)
    }
  })
})

/** The code that brings a new leg into a condition. */
function reach(condition: LegCondition): string {
  const code = CODES.find((candidate) => TRANSITIONS.new[candidate] === condition)
  if (code === undefined) throw new Error(`a code should lead to ${condition}`)
  return code
}

interface LegStory {
  readonly intervals: readonly string[]
  readonly current: string | undefined
  readonly end: string | undefined
  readonly eventsAfterEnd: number
}

function describeLeg({ intervals, current, end, eventsAfterEnd }: Leg): LegStory {
  return {
    intervals: intervals.map(({ state, from, to }) => `${state} ${from.sequence}-${to.sequence}`),
    current: current && `${current.state} ${current.from.sequence}`,
    end: end && `${end.kind} ${end.at.sequence}`,
    eventsAfterEnd,
  }
}

/** A leg that was in a condition since event 2 and then had event 3. */
function expectLeg(condition: LegCondition, transition: Transition): LegStory {
  const nothing = { intervals: [], current: undefined, end: undefined, eventsAfterEnd: 0 }
  if (isEndKind(condition as Transition)) return { ...nothing, end: `${condition} 2`, eventsAfterEnd: 1 }
  if (transition === condition) return { ...nothing, current: `${condition} 2` }
  const intervals = condition === 'new' ? [] : [`${condition} 2-3`]
  if (isEndKind(transition)) return { ...nothing, intervals, end: `${transition} 3` }
  return { ...nothing, intervals, current: `${transition} 3` }
}

/** `| VoiceMail (Voicemail) | enters `voicemail` |` and `| Gone | ends: `gone` |`. */
function readTable() {
  const spec = readFileSync(new URL('../../../shared/call/SPEC.md', import.meta.url), 'utf8')
  const row = /^\| (\w+)(?: \(([\w, ]+)\))? \| (?:enters|ends:) `(\w+)` \|$/gm
  return [...spec.matchAll(row)].map(([, code = '', aliases, effect = '']) => ({
    code,
    aliases: aliases?.split(', ') ?? [],
    effect,
  }))
}
