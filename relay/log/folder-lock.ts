import { rm, stat } from 'node:fs/promises'
import { createConnection, createServer, type Server } from 'node:net'
import { join } from 'node:path'

/**
 * One relay at a time per data folder. Two would both take the next position, and the store does not object. The lock is
 * a listening local socket, because the system takes that away when its holder dies, however it dies; a file would stay
 * behind. On Linux and Windows its name lives outside the file system and is made of the folder's identity, so that two
 * paths to one folder are one lock; elsewhere it is a socket in the folder, and one that nobody answers is removed.
 *
 * It holds within one machine, and on Linux within one network namespace.
 */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
}

/** Takes the lock on `folder`; throws a {@link FolderInUseError} when another process has it. */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const address = await lockAddress(folder)
  const server = (await listen(address)) ?? (await listenAgain(address))
  if (server === undefined) {
    throw new FolderInUseError(
      `The data folder ${folder} is in use by another relay: stop that one, or give this one another RELAY_DATA_DIR.`,
    )
  }
  server.unref()
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}

async function lockAddress(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder)
  if (process.platform === 'linux') return `\0ringside-${dev}-${ino}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\ringside-${dev}-${ino}`
  return join(folder, 'lock.sock')
}

function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen(address, () => resolve(server))
  })
}

/** A socket file outlives its holder: it counts only when somebody answers. */
async function listenAgain(address: string): Promise<Server | undefined> {
  if (!address.endsWith('.sock') || (await isAnswered(address))) return undefined
  await rm(address, { force: true })
  return listen(address)
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(address)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
