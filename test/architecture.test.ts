import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The lint rules that keep the folders apart, tried on files that break them. */

const root = new URL('..', import.meta.url).pathname
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-lint-'))
  await cp(join(root, 'biome.json'), join(folder, 'biome.json'))
  await mkdir(join(folder, 'shared'))
  await cp(join(root, 'shared/pure.grit'), join(folder, 'shared/pure.grit'))
})

afterAll(() => rm(folder, { recursive: true }))

/** What the linter says of a file with this content at this place; '' when it says nothing. */
async function lint(path: string, content: string): Promise<string> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), content)
  const run = promisify(execFile)
  const biome = join(root, 'node_modules/.bin/biome')
  try {
    await run(biome, ['lint', '--vcs-enabled=false', '--reporter=github', path], { cwd: folder })
    return ''
  } catch (error) {
    return String((error as { stdout?: string }).stdout)
  } finally {
    await rm(join(folder, path))
  }
}

const imports = (specifier: string) => `export { value } from '${specifier}'\n`

describe('import directions', () => {
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
  it.each(forbidden)('%s may not import %s', async (path, specifier) => {
    expect(await lint(path, imports(specifier))).toContain('noRestrictedImports')
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
  it.each(allowed)('%s may import %s', async (path, specifier) => {
    expect(await lint(path, imports(specifier))).toBe('')
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
  it.each([
    'Date.now()',
    'new Date()',
    'Math.random()',
    'performance.now()',
    'setTimeout(() => 1, 2)',
    'fetch("/")',
    'console.log(1)',
  ])('no %s', async (expression) => {
    const said = await lint('shared/call/a.ts', `export const value = ${expression}\n`)
    expect(said).toMatch(/shared\/ has no clock|noRestrictedGlobals/)
  })
})
