import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/**
 * How tests wait, as far as their text tells: for what they wait for. What measures how long something takes is a benchmark, and
 * a number of seconds that is right on one machine is wrong on the next.
 */

const root = new URL('..', import.meta.url).pathname
const files = globSync('test/**/*.{ts,tsx}', { cwd: root }).filter((path) => !path.startsWith('test/bench/'))
const tests = files.filter((path) => path.endsWith('.test.ts') && path !== 'test/waits.test.ts')
const browserTests = tests.filter((path) => path.startsWith('test/browser/'))

interface Rule {
  readonly what: string
  readonly pattern: RegExp
  readonly instead: string
  /** Files to which it does not apply, and why. */
  readonly except?: Readonly<Record<string, string>>
}

const RULES: readonly Rule[] = [
  {
    what: 'a sleep',
    pattern:
      /\bwaitForTimeout\(|await (?:new Promise[^\n]*|after|delay|sleep|pause)\b[^\n]*setTimeout\(|(?<![\w.'])setTimeout\(/,
    instead: 'eventually(check), an event, or a clock of the test',
  },
  {
    what: 'a wait with a limit of its own',
    pattern: /\bvi\.waitFor\(|\.waitFor\(\{[^}]*timeout|expect\.poll\([^\n]*timeout:/,
    instead: 'eventually(check), expect.poll(read) or locator.waitFor(), whose limit is in test/support/limit.ts',
  },
  {
    what: 'an assertion on elapsed time',
    pattern: /performance\.now\(\)|expect\([^\n]*(?:tookMs|elapsedMs\b(?!\()|Date\.now\(\) - )/,
    instead:
      'what the time stood for: that a timer was set for so long, that nothing came before it, a clock of the test',
    except: {
      'test/architecture.test.ts': 'says that the core has none',
      'test/browser/clicks.test.ts': 'says at the end how long things took, and asserts on none of it',
      'test/browser/hostile.test.ts': 'draws frames until the browser has told every observer',
      'test/relay/faults/soak.test.ts': 'goes on for as many minutes as it is asked to',
    },
  },
  {
    what: 'a limit of a test of its own',
    pattern: /^ {0,2}\}, \d[\d_]*\)$/m,
    instead: 'the limit of vitest.config.ts, which is long enough for all',
  },
]

describe.each(RULES)('no test has $what', ({ pattern, instead, except = {} }) => {
  it(`but ${instead}`, () => {
    const found = tests.filter((path) => !(path in except) && pattern.test(readFileSync(root + path, 'utf8')))
    expect(found).toEqual([])
  })

  it('where it is let be, it is still there', () => {
    const without = Object.keys(except).filter((path) => !pattern.test(readFileSync(root + path, 'utf8')))
    expect(without).toEqual([])
  })
})

it.each([
  ['a sleep', 'await page.waitForTimeout(100)'],
  ['a sleep', 'await new Promise((resolve) => setTimeout(resolve, 100))'],
  ['a wait with a limit of its own', 'await vi.waitFor(() => expect(1).toBe(1), 10_000)'],
  ['a wait with a limit of its own', "await popup.getByText('Live').waitFor({ timeout: 60_000 })"],
  ['a wait with a limit of its own', 'await expect.poll(read, { timeout: 20_000 }).toBe(1)'],
  ['an assertion on elapsed time', 'expect(performance.now() - beganMs).toBeLessThan(1000)'],
  ['an assertion on elapsed time', 'expect(tookMs).toBeLessThan(15_000)'],
  ['a limit of a test of its own', '}, 60_000)'],
])('%s is found in: %s', (what, line) => {
  expect(RULES.find((rule) => rule.what === what)?.pattern.test(line)).toBe(true)
})

describe('every browser test', () => {
  it('has a scene of its own: none is opened for the tests of a file', () => {
    const shared = browserTests.filter((path) =>
      /beforeAll\((?:(?!\n\s*\}\)).)*openScene\(/s.test(readFileSync(root + path, 'utf8')),
    )
    expect(shared).toEqual([])
  })

  it('is tried once', () => {
    expect(readFileSync(`${root}vitest.config.ts`, 'utf8')).not.toMatch(/\bretry\b/)
    expect(tests.filter((path) => /\bretry:/.test(readFileSync(root + path, 'utf8')))).toEqual([])
  })
})
