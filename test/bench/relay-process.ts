import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { SECOND_MS } from '../../shared/time.ts'
import type { Platform } from '../platform/platform.ts'
import { findFreePort } from '../support/free-port.ts'
import { relayEnvironment } from '../support/relay-environment.ts'

/** The relay as its administrator runs it, in a process of its own, subscribed at the stand-in. */
export interface RelayProcess {
  /** `undefined` when it could not be started. */
  readonly pid: number | undefined
  readonly url: string
  /** Where the stand-in would deliver. */
  readonly webhookUrl: string
  /** What a delivery must carry. */
  readonly headers: Readonly<Record<string, string>>
  readonly dataFolder: string
  /** Stops it as an administrator does. */
  close(): Promise<void>
  /** Ends it as a power cut does. */
  kill(): Promise<void>
}

const START_TIMEOUT_MS = 20 * SECOND_MS
const READY_INTERVAL_MS = 50
const relayMain = fileURLToPath(new URL('../../relay/main.ts', import.meta.url))

/** Starts it with its data in the folder, and with more settings if given. Throws what it printed when it does not get ready. */
export async function startRelayProcess(
  platform: Platform,
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<RelayProcess> {
  const port = Number(environment.RELAY_PORT ?? (await findFreePort()))
  const url = `http://127.0.0.1:${port}`
  const dataFolder = join(folder, 'relay')
  const child = spawn(process.execPath, [relayMain], {
    // Away from the project's folder, and without the caller's environment: whose settings must not reach this relay.
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      ...relayEnvironment(platform),
      RELAY_PUBLIC_URL: url,
      RELAY_PORT: String(port),
      RELAY_DATA_DIR: dataFolder,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const endWithUs = () => child.kill()
  process.once('exit', endWithUs)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const ended = once(child, 'close')

  const end = async (signal: NodeJS.Signals) => {
    process.off('exit', endWithUs)
    child.kill(signal)
    await ended
  }
  const close = () => end('SIGTERM')
  const deadlineMs = Date.now() + START_TIMEOUT_MS
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > deadlineMs) {
      await close()
      throw new Error(`The relay did not get ready: ${output.trim() || 'it said nothing'}`)
    }
    await delay(READY_INTERVAL_MS)
  }
  return {
    pid: child.pid,
    url,
    webhookUrl: `${url}/webhook`,
    headers: { 'verification-token': platform.subscriptions()[0]?.verificationToken ?? '' },
    dataFolder,
    close,
    kill: () => end('SIGKILL'),
  }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
}
