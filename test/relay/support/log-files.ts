import { open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeBatch } from '../../../relay/log/segments/batch.ts'

/** Files of a data folder as a test finds and changes them. */

/** Paths of the files of the log, oldest first. */
export async function listFiles(dataFolder: string, kind: string, extension = '.segment'): Promise<readonly string[]> {
  const folder = join(dataFolder, 'store', kind)
  return (await readdir(folder))
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => join(folder, name))
}

export async function newestSegment(dataFolder: string): Promise<string> {
  const path = (await listFiles(dataFolder, 'events')).at(-1)
  if (path === undefined) throw new Error('There is no segment.')
  return path
}

/** Changes the content of a file and nothing else of it, as a bad disk does. */
export async function overwrite(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'r+')
  await file.truncate(bytes.length)
  await file.write(bytes, 0, bytes.length, 0)
  await file.close()
}

/** All files below a folder, with their content. */
export async function takeCopy(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(await Promise.all(files.map(async (path) => [path, await readFile(path)] as const)))
}

/** Puts a copy back in place, as `rsync --inplace --delete` does: each file stays the one that it is. */
export async function putBack(folder: string, copy: ReadonlyMap<string, Buffer>): Promise<void> {
  for (const path of (await takeCopy(folder)).keys()) if (!copy.has(path)) await rm(path)
  for (const [path, bytes] of copy) {
    const isThere = await readFile(path).then(
      () => true,
      () => false,
    )
    if (isThere) await overwrite(path, bytes)
    else await writeFile(path, bytes)
  }
}

/** Leaves the beginning of one more batch behind what is in a segment, as a power cut in the middle of a write does. */
export async function tearTail(path: string, bytes: number): Promise<void> {
  const content = await readFile(path)
  const offset = content.findLastIndex((byte) => byte !== 0) + 1
  const records = [Buffer.alloc(4000, 'x'), Buffer.alloc(4000, 'y')]
  const batch = encodeBatch(records, { firstPosition: 1000, writtenAtMs: Date.now(), offset })
  batch.bytes.copy(content, offset, 0, bytes)
  await overwrite(path, content)
}
