import { chmod, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { describeError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import { decodeBook } from '../routing/try/book-json.ts'
import type { Administration } from './administration.ts'

/**
 * How the command line reaches a running relay. Only one process may have the data folder open, so a command has the relay
 * that has it do the work, over a local socket in that folder. Everybody whom the system lets into the folder may use it:
 * the socket's mode is 0600, it leads nowhere but to this machine, and there is no port, password or token to guard.
 * Windows has no sockets in folders; there it is a named pipe, made of the folder's identity.
 */

/** Paths of local sockets are this short, in bytes, on the systems that have them; one is taken by the end of the text. */
const MAX_SOCKET_PATH_BYTES = 103

/** Where the relay on this folder listens for commands; `undefined` for a path that is too long for a socket. */
export async function commandAddress(dataFolder: string): Promise<string | undefined> {
  if (process.platform === 'win32') {
    const { dev, ino } = await stat(dataFolder)
    return `\\\\.\\pipe\\ringside-commands-${dev}-${ino}`
  }
  const path = join(resolve(dataFolder), 'commands.sock')
  return Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES ? path : undefined
}

/** Listens for commands; the returned function ends that. Called by the holder of the folder's lock only. */
export async function serveCommands(
  dataFolder: string,
  administration: Administration,
  logger: Logger,
): Promise<() => Promise<void>> {
  const address = await commandAddress(dataFolder)
  if (address === undefined) {
    logger.warn('Commands do not reach this relay while it runs: the path of its data folder is too long for a socket')
    return async () => undefined
  }
  const isFile = process.platform !== 'win32'
  // A relay that was killed leaves its socket behind.
  if (isFile) await rm(address, { force: true })
  const server = createServer(getRequestListener(createCommandApp(administration, logger).fetch))
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(address, resolve)
    })
    if (isFile) await chmod(address, 0o600)
  } catch (error) {
    // A relay that takes calls but no commands is better than none.
    logger.warn({ err: describeError(error) }, 'Commands do not reach this relay: its socket could not be made')
  }
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
}

/** Commands as HTTP. */
function createCommandApp(administration: Administration, logger: Logger): Hono {
  const app = new Hono()
  app.get('/users', async (c) => c.json(await administration.users()))
  app.delete('/users/:extensionId', async (c) => {
    const extensionId = c.req.param('extensionId')
    const devices = await administration.revoke(extensionId)
    if (devices > 0) logger.info({ extensionId, devices }, 'The administrator signed somebody out')
    return c.json({ devices })
  })
  app.get('/audit', async (c) => {
    const { sinceMs, afterPosition } = c.req.query()
    const after = afterPosition === undefined ? undefined : Number(afterPosition)
    return c.json(await administration.audit({ sinceMs: Number(sinceMs), afterPosition: after }))
  })
  app.get('/crm', async (c) => c.json(await administration.crmRecords(Number(c.req.query('sinceMs')))))
  app.post('/rules/trial', async (c) => {
    const book = decodeBook(await c.req.text())
    return c.json(await administration.tryRules({ book, sinceMs: Number(c.req.query('sinceMs')) }))
  })
  app.onError((error, c) => c.json({ error: describeError(error) }, 500))
  return app
}
