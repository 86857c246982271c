import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseMessagesFile } from '@wxt-dev/i18n/build'
import { describe, expect, it } from 'vitest'
import { FIGURE_NAMES, FIGURES, listCountedTimes } from '../../../shared/metrics/figures.ts'

/** The figures as they are defined, held against the rules and the document that tell of them. */

const root = new URL('../../../', import.meta.url).pathname

/** The cells of every row of a document's tables. */
function readRows(path: string): readonly (readonly string[])[] {
  const lines = readFileSync(join(root, path), 'utf8').split('\n')
  return lines
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

const rules = new Map(readRows('shared/call/SPEC.md').map(([rule = '', name = '']) => [rule, name]))
const documented = readRows('docs/FIGURES.md')
const labels = new Map(
  (await parseMessagesFile(join(root, 'locales/en.yml'))).flatMap((message) =>
    message.type === 'simple' ? [[message.key.join('.'), message.message] as const] : [],
  ),
)
const nameOf = (figure: string) => labels.get(`figure.${figure}`)?.toLowerCase().replace('’', "'") ?? ''

describe.each(FIGURE_NAMES)('%s', (figure) => {
  it('is what its rule in SPEC.md is about', () => {
    expect(rules.get(FIGURES[figure].rule)).toContain(nameOf(figure))
  })

  it('has its unit and its rule in FIGURES.md', () => {
    const { unit, rule } = FIGURES[figure]
    expect(documented.filter(([name]) => name === nameOf(figure)).map((row) => row.slice(1, 3))).toEqual([[unit, rule]])
  })
})

it('FIGURES.md has the figures in the order in which they are defined', () => {
  const names = FIGURE_NAMES.map(nameOf)
  expect(documented.flatMap(([name = '']) => (names.includes(name) ? name : []))).toEqual(names)
})

it('no two figures have one column, and the columns of earlier versions stay', () => {
  const columns = FIGURE_NAMES.map((figure) => FIGURES[figure].column)
  expect(new Set(columns).size).toBe(columns.length)
  expect(columns).toEqual(
    expect.arrayContaining(['ring_ms', 'talk_ms', 'hold_ms', 'two_way_talk_ms', 'caller_wait_ms']),
  )
})

describe('F12 a total counts', () => {
  const call = (ms: number | undefined, direction: 'Inbound' | 'Outbound' = 'Inbound') => ({
    direction,
    twoWayTalkMs: ms,
    callerWaitMs: ms,
  })
  const calls = [call(0), call(5), call(undefined), call(7, 'Outbound')]

  it('a time where it happened', () => {
    expect(listCountedTimes('twoWayTalk', calls)).toEqual([5, 7])
  })

  it("the caller's wait of every call that came in, also where there was none", () => {
    expect(listCountedTimes('callerWait', calls)).toEqual([0, 5])
  })
})
