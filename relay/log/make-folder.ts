import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder for this process's user alone, and those above it that are missing. Node's own `recursive` never settles below a folder
 * that takes no others and says of them that they do not exist, as /proc does.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const above = dirname(path)
    if (code !== 'ENOENT' || above === path) throw error
    await makeFolder(above)
    await makeOne(path)
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST' && (await stat(path)).isDirectory()
    if (!isThere) throw error
  }
}

/** A sentence for a folder that the system refuses, by the setting or option that names it; any other error as it is. */
export function explainRefusedFolder(path: string, namedBy: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined) return error
  return new Error(
    `The data folder ${path} can't be used (${code}): ${namedBy} should be a folder that the relay may make and write to.`,
  )
}
