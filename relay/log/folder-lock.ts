import { spawn } from 'node:child_process'
import { type FileHandle, open, rm, stat } from 'node:fs/promises'
import { createConnection, createServer, type Server } from 'node:net'
import { join } from 'node:path'

/**
 * One relay at a time per data folder: two would both write the next position. There are two locks, and both are taken. The
 * system takes either away when its holder dies, however it dies; nothing stays behind that has to be removed by hand.
 *
 * - The file `lock` in the folder is locked with flock(2), which holds for all who reach the folder over this machine's file
 *   systems, whatever container they are in. Node has no call for it; the program `flock` of util-linux and of BusyBox locks
 *   the file that it is handed, and the lock belongs to the file as it was opened, so it stays when that program has ended.
 * - A listening local socket. On Linux and Windows its name lives outside the file system and is made of the folder's
 *   identity, so that two paths to one folder are one lock; elsewhere it is a socket in the folder, and one that nobody answers
 *   is removed. Where there is no `flock` it holds alone, on Linux within one network namespace.
 */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
}

export interface FolderLock {
  release(): Promise<void>
}

/** Takes the lock on `folder`; throws a {@link FolderInUseError} when another process has it. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const server = await listenFor(folder)
  const file = server && (await open(join(folder, 'lock'), 'a', 0o600))
  if (server === undefined || file === undefined || !(await lockFile(file))) {
    await file?.close()
    server?.close()
    throw new FolderInUseError(
      `The data folder ${folder} is in use by another relay: stop that one, or give this one another RELAY_DATA_DIR.`,
    )
  }
  server.unref()
  return {
    async release() {
      await file.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What `flock` ends with when somebody else has the lock. */
const IS_LOCKED = 1

/** False when another process has the lock. Where the system has no means of locking, nobody has it. */
function lockFile(file: FileHandle): Promise<boolean> {
  return new Promise((resolve) => {
    const flock = spawn('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', file.fd] })
    flock.once('error', () => resolve(true))
    flock.once('close', (status) => resolve(status !== IS_LOCKED))
  })
}

async function listenFor(folder: string): Promise<Server | undefined> {
  const address = await socketAddress(folder)
  return (await listen(address)) ?? listenAgain(address)
}

async function socketAddress(folder: string): Promise<string> {
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
