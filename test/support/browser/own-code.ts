import { build, type Rollup } from 'vite'

/** Where `own-store.ts` is found on a page on which it was run. */
export const OWN_CODE = 'ringsideOwnCode'

/** Bundles `own-store.ts` to a script that can be run on a page of the extension. */
export async function bundleOwnCode(): Promise<string> {
  const entry = new URL('own-store.ts', import.meta.url).pathname
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: OWN_CODE } },
  })
  const [bundle] = built as readonly Rollup.RollupOutput[]
  const chunk = bundle?.output.find((output) => output.type === 'chunk')
  if (chunk === undefined) throw new Error('own-store.ts should be bundled to one script, but there is none')
  // A variable of a script that is evaluated is forgotten with it.
  return `${chunk.code}\nglobalThis.${OWN_CODE} = ${OWN_CODE}`
}
