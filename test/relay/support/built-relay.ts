import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const FILE = 'node_modules/.cache/ringside-relay/relay.mjs'

/**
 * Makes one file of the relay with all that it uses, and gives its path from the root of the project. As a process it starts with
 * two fifths of the work that its sources take; so does the one that ships, which `run/image.test.ts` builds by the Dockerfile.
 */
export async function buildRelay(): Promise<string> {
  await build({
    absWorkingDir: root,
    entryPoints: ['relay/main.ts'],
    outfile: FILE,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'error',
    // Its file for Node asks for its others in a way that no bundler can follow.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    // Packages of before modules ask for what Node has.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'\nconst require = requireOf(import.meta.url)",
    },
  })
  return FILE
}
