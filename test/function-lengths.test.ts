import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { measureFunctions } from './architecture/function-lengths.ts'

/** No function of the product is longer than can be taken in; what keeps more than one matter becomes parts with names. */
const MAX_LINES = 120

const root = new URL('../', import.meta.url)
const sources = ['shared', 'relay', 'entrypoints'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => `${folder}/${path}`),
)

function listLong(path: string, source: string): readonly string[] {
  return measureFunctions(source)
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ head, line, lines }) => `${path}:${line} ${head} has ${lines} lines`)
}

it('none of the product is longer than 120 lines', () => {
  const tooLong = sources.flatMap((path) => listLong(path, readFileSync(new URL(path, root), 'utf8')))
  expect(tooLong).toEqual([])
})

const body = (lines: number, indent = '  '): string => `${indent}step()\n`.repeat(lines)

it.each([
  ['a function', `export function run(): void {\n${body(119)}}\n`, 'export function run(): void {'],
  [
    'an arrow',
    `export const run = async (a: number) => {\n${body(119)}}\n`,
    'export const run = async (a: number) => {',
  ],
  ['a method', `const it = {\n  run() {\n${body(119, '    ')}  },\n}\n`, 'run() {'],
  ['an argument', `define(() => {\n${body(119)}})\n`, 'define(() => {'],
  ['parameters on lines of their own', `function run(\n  a: A,\n): void {\n${body(117)}}\n`, 'function run('],
  ['parameters that are taken apart', `function run({\n  a,\n}: A): void {\n${body(117)}}\n`, 'function run({'],
  ['a component without a block', `const Run = () => (\n${body(119)})\n`, 'const Run = () => ('],
  ['one with a template in it', `function run() {\n  const text = \`\n\`\n${body(117)}}\n`, 'function run() {'],
])('%s of 121 lines is found', (_what, source, head) => {
  expect(listLong('planted.ts', source)).toEqual([
    `planted.ts:${source.startsWith('const it') ? 2 : 1} ${head} has 121 lines`,
  ])
  expect(listLong('planted.ts', source.replace(/^ *step\(\)\n/m, ''))).toEqual([])
})

it('a table is no function', () => {
  expect(listLong('planted.ts', `export const TABLE = {\n${'  a: 1,\n'.repeat(200)}}\n`)).toEqual([])
})
