import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** The rules of `shared/call/SPEC.md` and the tests that prove them, held together by the rules' numbers. */

const root = new URL('../../', import.meta.url)

function read(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}

/** Paths of the files below a folder whose names end so. */
function listFiles(folder: string, ending: string): readonly string[] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => `${folder}${path}`)
}

/** Numbers of the rules, each the first cell of a row, as they stand. */
const rules = [...read('shared/call/SPEC.md').matchAll(/^\| ([A-Z]\d+) \|/gm)].map(([, rule = '']) => rule)

/** The numbers that titles begin with: `L2 an interval …`, and several where one test proves several; also in tables beside tests. */
const titles = listFiles('test/shared/', '.ts').flatMap((path) =>
  [...read(path).matchAll(/['"`]((?:[A-Z]\d{1,2} )+)/g)].flatMap(([, numbers = '']) =>
    numbers
      .trim()
      .split(' ')
      .map((rule) => ({ path, rule })),
  ),
)

/** The numbers that the code's own comments mention. */
const mentions = listFiles('shared/', '.ts').flatMap((path) =>
  [...read(path).matchAll(/\b[NHMLCOJRDFB]\d{1,2}\b/g)].map(([rule]) => ({ path, rule })),
)

it('every rule has a number of its own, and those of a chapter count up from 1', () => {
  const chapters = new Map<string, number>()
  for (const rule of rules) {
    const chapter = rule.slice(0, 1)
    const number = (chapters.get(chapter) ?? 0) + 1
    chapters.set(chapter, number)
    expect(rule).toBe(`${chapter}${number}`)
  }
  expect([...chapters.keys()].sort().join('')).toBe('BCDFHJLMNOR')
})

describe('a test proves rule', () => {
  const proved = new Set(titles.map(({ rule }) => rule))
  it.each(rules)('%s', (rule) => {
    expect(proved).toContain(rule)
  })
})

it('no test carries the number of a rule that there is not', () => {
  expect(titles.filter(({ rule }) => !rules.includes(rule))).toEqual([])
})

it('no comment names a rule that there is not', () => {
  expect(mentions.filter(({ rule }) => !rules.includes(rule))).toEqual([])
})
