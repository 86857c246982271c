import { build } from 'esbuild'

/** Where `own-store.ts` is found on a page on which it was run. */
export const OWN_CODE = 'ringsideOwnCode'

/** Bundles `own-store.ts` to a script that can be run on a page of the extension. */
export async function bundleOwnCode(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL('own-store.ts', import.meta.url).pathname],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: OWN_CODE,
    logLevel: 'error',
  })
  const [bundle] = outputFiles
  if (bundle === undefined) throw new Error('own-store.ts should be bundled to one script, but there is none')
  // A variable of a script that is evaluated is forgotten with it.
  return `${bundle.text}\nglobalThis.${OWN_CODE} = ${OWN_CODE}`
}
