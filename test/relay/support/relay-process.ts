import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Platform } from '../../platform/platform.ts'
import { eventually } from '../../support/eventually.ts'
import { relayEnvironment } from '../../support/relay-environment.ts'

/** The relay as its administrator runs it: its own program in a process of its own. */
export interface RelayProcess {
  readonly url: string
  readonly pid: number
  /** Lines of both outputs, as they came. */
  readonly log: readonly string[]
  /** Takes nothing more from its outputs, until the function that is returned is called. */
  stallLog(): () => void
  /** Sends a signal, without waiting. */
  signal(signal: NodeJS.Signals): void
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
  /** Ends it with a signal and resolves with how it ended; does nothing to one that has. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>
}

export interface RelayProcessOptions {
  readonly platform: Platform
  readonly dataFolder: string
  readonly port: number
  /** Settings beside those that it needs. */
  readonly environment?: Readonly<Record<string, string>>
  /** `RELAY` unless another is given. */
  readonly program?: RelayProgram
}

/** What is started as the relay. */
export interface RelayProgram {
  readonly command: string
  readonly words: readonly string[]
  readonly folder: string
}

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The file that was made of the relay before the tests, or else its sources. */
export const RELAY: RelayProgram = {
  command: process.execPath,
  words: [process.env.RINGSIDE_RELAY ?? 'relay/main.ts'],
  folder: root,
}

/** Where Node keeps what it has compiled, if anywhere: a start takes half as long. */
export function compileCache(): Readonly<Record<string, string>> {
  const { NODE_COMPILE_CACHE } = process.env
  return NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }
}

/** Starts it, without waiting for anything. */
export function spawnRelay(
  environment: Readonly<Record<string, string>>,
  { command, words, folder }: RelayProgram = RELAY,
): Omit<RelayProcess, 'url'> {
  const child: ChildProcess = spawn(command, words, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...compileCache(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: string[] = []
  const readers = [child.stdout, child.stderr].flatMap((stream) =>
    stream === null ? [] : createInterface(stream).on('line', (line) => log.push(line)),
  )
  // A test run that ends early leaves nothing behind.
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = once(child, 'close').then(([code, signal]) => {
    process.off('exit', kill)
    return (code ?? signal) as number | NodeJS.Signals
  })
  return {
    pid: child.pid ?? 0,
    log,
    stallLog() {
      for (const reader of readers) reader.pause()
      return () => {
        for (const reader of readers) reader.resume()
      }
    },
    signal: (signal) => child.kill(signal),
    ended,
    end(signal = 'SIGKILL') {
      child.kill(signal)
      return ended
    },
  }
}

/** Starts it and waits until it answers with `path` being fine: that it is ready, unless another is given. */
export async function startRelayProcess(options: RelayProcessOptions, path = '/readyz'): Promise<RelayProcess> {
  const url = `http://127.0.0.1:${options.port}`
  const environment = {
    ...relayEnvironment(options.platform),
    RELAY_PUBLIC_URL: url,
    RELAY_PORT: String(options.port),
    RELAY_DATA_DIR: options.dataFolder,
    ...options.environment,
  }
  const process = spawnRelay(environment, options.program)
  let hasEnded = false
  void process.ended.then(() => {
    hasEnded = true
  })
  await eventually(async () => {
    if (hasEnded) return
    const response = await fetch(`${url}${path}`)
    if (response.status !== 200) throw new Error(`${path} is answered ${response.status}: ${process.log.join('\n')}`)
  })
  if (hasEnded) throw new Error(`The relay ended: ${process.log.join('\n')}`)
  return { ...process, url }
}
