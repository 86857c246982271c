import { existsSync } from 'node:fs'
import { readdir, rename, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { SEGMENT_BYTES, STORE_FOLDERS } from './data-folder.ts'
import { lockFolder } from './folder-lock.ts'
import type { LogContent } from './log-content.ts'
import { makeFolder } from './make-folder.ts'
import { openStores } from './open-stores.ts'
import { syncFolder } from './segments/segment-file.ts'

/**
 * Puts what is kept into a data folder that has nothing yet. It is written beside its place and takes that when it is whole, so that
 * whatever ends the process meanwhile leaves no half of it. Throws a sentence when there is something already.
 */
export async function fillFolder(path: string, content: LogContent): Promise<void> {
  await makeFolder(path)
  const lock = await lockFolder(path)
  const draft = join(path, 'store.draft')
  try {
    if (STORE_FOLDERS.some((name) => existsSync(join(path, name)))) {
      throw new Error(
        `The data folder ${path} should be empty, but has a log already: name another one, or move that away.`,
      )
    }
    await rm(draft, { recursive: true, force: true })
    await writeStores(draft, content)
    await rename(draft, join(path, 'store'))
    await syncFolder(path)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  } finally {
    await lock.release()
  }
}

async function writeStores(folder: string, content: LogContent): Promise<void> {
  const { id: logId, former, firstPosition } = content
  const { log, records, close } = await openStores(folder, {
    segmentBytes: SEGMENT_BYTES,
    begin: { logId, former, firstPosition },
    onFailed(error) {
      throw error
    },
    onDamaged: (damage) => damage,
  })
  try {
    for await (const events of content.events()) await Promise.all(events.map((event) => log.append(event)))
    for (const item of content.aside) await log.keepAside(item)
    for (const [key, value] of content.records) await records.put(key, value)
  } finally {
    await close()
  }
}

/**
 * Has the log in a folder get another name at its next start, as a copy does: it goes on elsewhere, and must not be taken for that. The
 * file system vouches for no file that was touched.
 */
export async function disownFolder(path: string): Promise<void> {
  const folder = join(path, 'store', 'events')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.segment'))
  const newest = names.sort().at(-1)
  const now = new Date()
  if (newest !== undefined) await utimes(join(folder, newest), now, now)
}
