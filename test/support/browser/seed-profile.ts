import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { EXTENSION_ID, EXTENSION_KEY } from '../../../shared/extension-key.ts'

/** What a person has granted the extension, in a profile that has never had its worker. */
export interface Grants {
  readonly executablePath: string
  /** Match patterns of sites. */
  readonly sites: readonly string[]
  /** Optional permissions. */
  readonly permissions: readonly string[]
}

const CACHE = new URL('../../../node_modules/.cache/ringside-profiles', import.meta.url).pathname

/**
 * Gives a profile its grants without the prompt, which hangs without a display. To make one takes a browser of its own: one
 * of each kind is kept for this version of Chromium, and copied.
 */
export async function seedProfile(
  profile: string,
  grants: Grants,
  launch: (profile: string, extension: string) => Promise<BrowserContext>,
): Promise<void> {
  const kept = join(CACHE, await nameOf(grants))
  if (!(await isThere(kept))) await keepSeed(kept, grants, launch)
  await cp(kept, profile, { recursive: true })
}

async function nameOf(grants: Grants): Promise<string> {
  const { size, mtimeMs } = await stat(grants.executablePath)
  return createHash('sha256')
    .update(JSON.stringify([grants, size, mtimeMs, EXTENSION_KEY]))
    .digest('hex')
    .slice(0, 16)
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/**
 * An extension of the same id, whose manifest names the sites and permissions, is installed once; the shipped build that takes
 * its place keeps what the person has granted. It has no worker: one would stay the active one for as long as a page of the
 * extension is open, and leave the shipped one waiting.
 */
async function keepSeed(
  kept: string,
  { sites, permissions }: Grants,
  launch: (profile: string, extension: string) => Promise<BrowserContext>,
): Promise<void> {
  await mkdir(CACHE, { recursive: true })
  const made = await mkdtemp(`${kept}-`)
  const folder = await mkdtemp(join(tmpdir(), 'ringside-seed-'))
  const manifest = {
    manifest_version: 3,
    name: 'Seed',
    version: '0.0.1',
    key: EXTENSION_KEY,
    host_permissions: sites,
    permissions,
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
  const context = await launch(made, folder)
  const page = await context.newPage()
  // Only an installed extension answers at its address.
  await page.goto(`chrome-extension://${EXTENSION_ID}/manifest.json`)
  await context.close()
  await rm(folder, { recursive: true })
  // Somebody else may have been faster; theirs is as good.
  await rename(made, kept).catch(() => rm(made, { recursive: true }))
}
