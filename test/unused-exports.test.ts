import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Nothing of the product is exported and then named nowhere, not even in its own file: such a thing has died. */

const root = new URL('..', import.meta.url).pathname
const EXPORT = /^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm

/** What the sources export and none of them names again, as "path: name". */
function listDead(sources: ReadonlyMap<string, string>): readonly string[] {
  const timesNamed = new Map<string, number>()
  for (const source of sources.values()) {
    for (const [word] of source.matchAll(/\w+/g)) timesNamed.set(word, (timesNamed.get(word) ?? 0) + 1)
  }
  return [...sources].flatMap(([path, source]) =>
    [...source.matchAll(EXPORT)].flatMap(([, name = '']) => (timesNamed.get(name) === 1 ? `${path}: ${name}` : [])),
  )
}

it('every export is named somewhere', () => {
  const paths = globSync('{shared,relay,entrypoints,test}/**/*.{ts,tsx}', { cwd: root })
  const dead = listDead(new Map(paths.map((path) => [path, readFileSync(root + path, 'utf8')])))
  expect(dead.filter((found) => !found.startsWith('test/'))).toEqual([])
})

it('one that is not is found', () => {
  const planted = new Map([
    ['a.ts', 'export const used = 1\nexport type Dead = string\n'],
    ['b.ts', "import { used } from './a.ts'\n"],
  ])
  expect(listDead(planted)).toEqual(['a.ts: Dead'])
})
