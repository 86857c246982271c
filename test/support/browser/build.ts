import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const root = new URL('../../..', import.meta.url).pathname
/** Where the build that ships is. */
export const BUILD_FOLDER = join(root, '.output/chrome-mv3')

/** All that decides what `wxt build` makes, as globs. What is installed is told by the lock file of `node_modules`. */
const SOURCES = [
  'entrypoints/**',
  'shared/**',
  'locales/**',
  'public/**',
  'wxt.config.ts',
  'tsconfig.json',
  '.env*',
  'package.json',
  'node_modules/.package-lock.json',
]
/** What was built from what, as two hashes. */
const STAMP = join(root, 'node_modules/.cache/ringside-build')

/**
 * Builds the extension as it ships, unless what is there was built from these sources and is as it was then. `say` gets a line
 * when it is built. Rejects with what the build said when it fails.
 */
export async function buildExtension(say: (line: string) => void = () => {}): Promise<void> {
  const sources = hashFiles(root, SOURCES)
  if (readStamp() === stampOf(sources)) return
  say('Building the extension …')
  // Ended in the middle, it is no build of anything.
  rmSync(STAMP, { force: true })
  await promisify(execFile)(join(root, 'node_modules/.bin/wxt'), ['build'], {
    cwd: root,
    // A test runner's NODE_ENV would make it another build than the one that ships.
    env: { ...process.env, NODE_ENV: 'production' },
  }).catch(({ message, stdout }: Error & { readonly stdout: string }) => {
    throw new Error(`The extension cannot be built: ${message}\n${stdout}`)
  })
  mkdirSync(dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, stampOf(sources))
}

const stampOf = (sources: string): string => `${sources} ${hashFiles(BUILD_FOLDER, ['**'])}`

function readStamp(): string | undefined {
  try {
    return readFileSync(STAMP, 'utf8')
  } catch {
    return undefined
  }
}

/** A hash of the names and the content of all files of a folder that match; the same whenever and wherever they were written. */
export function hashFiles(folder: string, globs: readonly string[]): string {
  const paths = globSync([...globs], { cwd: folder }).filter((path) => statSync(join(folder, path)).isFile())
  const hash = createHash('sha256')
  for (const path of paths.toSorted()) {
    const content = readFileSync(join(folder, path))
    hash.update(`${path}\n${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}
