import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

/** `npm run build:relay`: the relay with all that it uses as one file, which runs wherever Node 24 does. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  publicDir: false,
  plugins: [leaveOutUnused()],
  define: { 'process.env.WS_NO_BUFFER_UTIL': 'true', 'process.env.WS_NO_UTF_8_VALIDATE': 'true' },
  // Everything goes into the file: beside it there is no folder of packages. Of a package the file is taken that Node would load.
  ssr: { noExternal: true, target: 'node', resolve: { mainFields: ['main'] } },
  // But for one, whose file for Node asks for its others in a way that no bundler can follow.
  resolve: { alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' } },
  build: {
    ssr: 'relay/main.ts',
    outDir: '.output/relay',
    emptyOutDir: true,
    target: 'node24',
    // Names in a stack trace are worth more than some hundred kilobytes.
    minify: false,
    rollupOptions: {
      output: { entryFileNames: 'relay.mjs', inlineDynamicImports: true, banner: sayWhichNode() },
    },
  },
})

/** Code that ends an older Node with a sentence, in place of whatever it would stumble over. */
function sayWhichNode(): string {
  return [
    "if (Number(process.versions.node.split('.')[0]) < 24) {",
    "  console.error('The relay should run on Node 24 or newer, but this is Node ' + process.versions.node + '.')",
    '  process.exit(1)',
    '}',
  ].join('\n')
}

/**
 * Stand-ins for modules that are never used: in one file everything is loaded at the start, where Node would warn of some, and
 * others are not there.
 *
 * - `node:sqlite`: undici has a store of answers that the relay does not use.
 * - `node-fetch`: RingCentral's SDK has it for older Nodes, with a parser of addresses from before; the relay gives it its own `fetch`.
 * - `@node-rs/xxhash`, `@opentelemetry/api`: what the client of Redis would make checksums and traces with, where somebody has installed it.
 * - `bufferutil`, `utf-8-validate`: machine code that ws would use where somebody has installed it; it is told not to.
 */
const UNUSED: Readonly<Record<string, string>> = {
  'node:sqlite': 'export default undefined',
  'node-fetch': 'export default fetch; export const { Headers, Request, Response } = globalThis',
  '@node-rs/xxhash': 'export default undefined',
  '@opentelemetry/api': 'export default undefined',
  bufferutil: 'export default undefined',
  'utf-8-validate': 'export default undefined',
}

function leaveOutUnused(): Plugin {
  const PREFIX = '\0unused:'
  return {
    name: 'leave-out-unused',
    enforce: 'pre',
    resolveId: (source) => (source in UNUSED ? PREFIX + source : undefined),
    load: (id) => (id.startsWith(PREFIX) ? UNUSED[id.slice(PREFIX.length)] : undefined),
  }
}
