import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface WorkFolder {
  readonly path: string
  close(): Promise<void>
}

const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url))

/** A fresh folder on the project's disk: the system's folder for temporary files may be memory, where flushing costs nothing. */
export async function createWorkFolder(): Promise<WorkFolder> {
  await mkdir(cache, { recursive: true })
  const path = await mkdtemp(join(cache, 'bench-'))
  return { path, close: () => rm(path, { recursive: true, force: true }) }
}
