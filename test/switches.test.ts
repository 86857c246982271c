import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/**
 * Every `switch` says what becomes of the rest: where it chooses among the members of a closed set it ends in `unreachable`, so
 * that a new member does not compile until each choice has an answer for it.
 */

const root = new URL('..', import.meta.url).pathname
const files = globSync('{shared,relay,entrypoints,test}/**/*.{ts,tsx}', { cwd: root })

/** The first lines of the switches in a formatted source that have no `default` of their own. */
function listOpenSwitches(path: string, source: string): readonly string[] {
  const lines = source.split('\n')
  return lines.flatMap((line, open) => {
    const [, indent] = /^(\s*)switch \(.*\{$/.exec(line) ?? []
    if (indent === undefined) return []
    const close = lines.indexOf(`${indent}}`, open)
    return lines.slice(open, close).some((inner) => inner.startsWith(`${indent}  default:`))
      ? []
      : `${path}:${open + 1} ${line.trim()}`
  })
}

it('none is left open', () => {
  expect(files.flatMap((path) => listOpenSwitches(path, readFileSync(root + path, 'utf8')))).toEqual([])
})

it('one that has only the default of a switch inside it is found', () => {
  const inner =
    "      switch (b) {\n        case 'c':\n          return 1\n        default:\n          return 2\n      }\n"
  const source = (rest: string) => `function f() {\n  switch (a) {\n    case 'a':\n${inner}${rest}  }\n}\n`
  expect(listOpenSwitches('planted.ts', source(''))).toEqual(['planted.ts:2 switch (a) {'])
  expect(listOpenSwitches('planted.ts', source('    default:\n      return unreachable(a)\n'))).toEqual([])
})
