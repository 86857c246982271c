import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'

/** The lint rules that keep the folders apart, tried on files that break them. */

const root = new URL('..', import.meta.url).pathname

/** Files to be looked at, by path; the linter takes as long for all of them as for one. */
const planted = new Map<string, string>()
/** What the linter says of each, by path; nothing of those that it finds good. */
let said: ReadonlyMap<string, string>

/** Has a file with this content at this place or beside it looked at, and gives where it is. */
function plant(path: string, content: string): string {
  const own = path.replace(/\ba(?=\.)/, `a${planted.size}`)
  planted.set(own, content)
  return own
}

beforeAll(async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'ringside-lint-')))
  await cp(join(root, 'biome.json'), join(folder, 'biome.json'))
  for (const [path, content] of planted) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  await cp(join(root, 'shared/pure.grit'), join(folder, 'shared/pure.grit'))
  said = await lint(folder)
  await rm(folder, { recursive: true })
})

async function lint(folder: string): Promise<ReadonlyMap<string, string>> {
  const args = ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', '.']
  const stdout = await promisify(execFile)(join(root, 'node_modules/.bin/biome'), args, { cwd: folder }).then(
    () => '',
    (error: { readonly stdout?: string }) => String(error.stdout),
  )
  const lines = new Map<string, string>()
  for (const line of stdout.split('\n')) {
    const path = /\bfile=([^,]+)/.exec(line)?.[1]
    if (path === undefined) continue
    const file = relative(folder, path)
    lines.set(file, `${lines.get(file) ?? ''}${line}\n`)
  }
  return lines
}

const plantImport = (path: string, specifier: string) => plant(path, `export { value } from '${specifier}'\n`)

describe('import directions', () => {
  const withPlace = (rows: readonly (readonly [path: string, specifier: string])[]) =>
    rows.map(([path, specifier]) => [path, specifier, plantImport(path, specifier)] as const)

  const forbidden: readonly (readonly [path: string, specifier: string])[] = [
    ['shared/protocol/a.ts', '../history/history.ts'],
    ['shared/history/a.ts', '../call/state.ts'],
    ['shared/call/a.ts', '../metrics/leg.ts'],
    ['shared/time-of.ts', './protocol/wire.ts'],
    ['shared/number/a.ts', '../call/state.ts'],
    ['shared/number/a.ts', '../metrics/tally.ts'],
    ['shared/call/a.ts', 'node:fs'],
    ['shared/metrics/a.ts', 'preact'],
    ['shared/call/a.ts', '../../relay/app.ts'],
    ['relay/a.ts', '../entrypoints/lib/settings.ts'],
    ['relay/a.ts', '../test/platform/platform.ts'],
    ['entrypoints/lib/a.ts', '../background/calls.ts'],
    ['entrypoints/lib/a.ts', '../ui/Time.tsx'],
    ['entrypoints/ui/a.tsx', '../popup/Popup.tsx'],
    ['entrypoints/popup/a.ts', '../background/calls.ts'],
    ['entrypoints/popup/a.ts', '../lib/store/write.ts'],
    ['entrypoints/card/a.ts', '../popup/Popup.tsx'],
    ['entrypoints/overlay.content/a.ts', '../card/Card.tsx'],
    ['entrypoints/overlay.content/a.ts', '../../shared/number/key.ts'],
    ['entrypoints/card/a.ts', '../../shared/number/format.ts'],
    ['entrypoints/card/a.ts', 'libphonenumber-js/min'],
    ['entrypoints/background/a.ts', '../../relay/app.ts'],
    ['entrypoints/background/a.ts', '../../test/support/random.ts'],
  ]
  it.each(withPlace(forbidden))('%s may not import %s', (_path, _specifier, own) => {
    expect(said.get(own)).toContain('noRestrictedImports')
  })

  const allowed: readonly (readonly [path: string, specifier: string])[] = [
    ['shared/metrics/a.ts', '../call/state.ts'],
    ['shared/metrics/a.ts', '../number/key.ts'],
    ['shared/number/a.ts', 'libphonenumber-js/min'],
    ['entrypoints/popup/a.ts', '../../shared/number/format.ts'],
    ['relay/a.ts', '../shared/protocol/wire.ts'],
    ['entrypoints/background/a.ts', '../lib/store/write.ts'],
    ['entrypoints/popup/a.ts', '../lib/store/read.ts'],
    ['entrypoints/popup/a.ts', '../../shared/metrics/agent.ts'],
    ['test/a.ts', '../entrypoints/lib/settings.ts'],
  ]
  it.each(withPlace(allowed))('%s may import %s', (_path, _specifier, own) => {
    expect(planted.has(own)).toBe(true)
    expect(said.get(own)).toBeUndefined()
  })
})

describe('what runs in a CRM page', () => {
  it.each([
    'entrypoints/overlay.content/index.ts',
    'entrypoints/card/index.tsx',
    'entrypoints/page-numbers/index.ts',
    'entrypoints/dial-links/index.ts',
  ])('%s does not reach the number library, by whatever files', async (entry) => {
    const reached = await listReached(join(root, entry))
    expect(reached).toContain('wxt/browser')
    expect(reached.filter((name) => /libphonenumber|shared\/number/.test(name))).toEqual([])
  })
})

/** Every file and package that a file imports when it runs, and these in turn. */
async function listReached(file: string, reached = new Set<string>()): Promise<readonly string[]> {
  reached.add(file)
  const source = await readFile(file, 'utf8')
  for (const [, specifier = ''] of source.matchAll(/^(?:import|export)(?! type)(?:[^'"]* from)? ['"]([^'"]+)['"]/gm)) {
    const target = specifier.startsWith('.') ? join(dirname(file), specifier) : specifier
    if (/\.tsx?$/.test(target) && !reached.has(target)) await listReached(target, reached)
    reached.add(target)
  }
  return [...reached]
}

describe('shared/ is pure', () => {
  const expressions = [
    'Date.now()',
    'new Date()',
    'Math.random()',
    'performance.now()',
    'setTimeout(() => 1, 2)',
    'fetch("/")',
    'console.log(1)',
  ]
  const rows = expressions.map(
    (expression) => [expression, plant('shared/call/a.ts', `export const value = ${expression}\n`)] as const,
  )
  it.each(rows)('no %s', (_expression, own) => {
    expect(said.get(own)).toMatch(/shared\/ has no clock|noRestrictedGlobals/)
  })
})
