import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Every class that a style sheet of the extension has is given to something in its room, or in what all rooms share. */

const root = new URL('../..', import.meta.url).pathname
/** Classes of the library that draws the charts. */
const LIBRARY = /^u(plot$|-)/

const SHARED = 'ui'
const roomOf = (path: string) => path.split('/')[1] ?? ''

function listClasses(sheet: string): readonly string[] {
  const selectors = sheet.replaceAll(/\/\*[\s\S]*?\*\//g, '').match(/[^{}]+(?=\{)/g) ?? []
  const named = selectors
    .filter((one) => !one.trim().startsWith('@'))
    .flatMap((one) => [...one.matchAll(/\.([a-z][\w-]*)/gi)])
  return [...new Set(named.map(([, name = '']) => name))].filter((name) => !LIBRARY.test(name))
}

/** The words of a source's strings. */
function listWords(source: string): ReadonlySet<string> {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '')
  const strings = code.match(/"[^"\n]*"|'[^'\n]*'|`[^`\n]*`/g) ?? []
  return new Set(strings.flatMap((text) => text.match(/[\w-]+/g) ?? []))
}

/** Classes that nothing has, as "path: name". */
function listDead(files: ReadonlyMap<string, string>): readonly string[] {
  const words = [...files].flatMap(([path, text]) =>
    path.endsWith('.css') ? [] : [{ room: roomOf(path), words: listWords(text) }],
  )
  return [...files].flatMap(([path, text]) => {
    if (!path.endsWith('.css')) return []
    const near = words.filter(({ room }) => roomOf(path) === SHARED || room === roomOf(path) || room === SHARED)
    return listClasses(text).flatMap((name) => (near.some((one) => one.words.has(name)) ? [] : `${path}: ${name}`))
  })
}

it('no style is for nothing', () => {
  const paths = globSync('entrypoints/**/*.{css,ts,tsx,html}', { cwd: root })
  const files = new Map(paths.map((path) => [path, readFileSync(root + path, 'utf8')]))
  expect([...files.keys()].filter((path) => path.endsWith('.css')).length).toBeGreaterThan(20)
  expect(listDead(files)).toEqual([])
})

it('one that is for nothing is found', () => {
  const planted = new Map([
    [
      'entrypoints/popup/popup.css',
      '/* .gone */ .used, .here > .dead:hover { color: red } @media (width > 1px) { .used {} }',
    ],
    ['entrypoints/popup/Popup.tsx', '<p class="used">{"dead" in it ? 1 : 2}</p> // "here"'],
    ['entrypoints/board/Board.tsx', '<p class="here" />'],
  ])
  expect(listDead(planted)).toEqual(['entrypoints/popup/popup.css: here'])
})
