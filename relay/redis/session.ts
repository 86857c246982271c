import { createClient } from '@redis/client'
import { SECOND_MS } from '../../shared/time.ts'
import { endsConnection, explainFault, isScriptUnknown, RedisAwayError, RedisRefusedError } from './faults.ts'
import { ALL_SCRIPTS, type Script } from './scripts.ts'
import { CONFIG_NAMES, type Durability, judgeServer, parseInfo } from './server.ts'

/**
 * Three connections to one run of a Redis that was found fit. They are opened together and lost together, and none comes back by itself: what
 * answers at the same address later may be another server, or the same with less than it had, so it is looked at anew.
 */
export interface Session {
  readonly info: ReadonlyMap<string, string>
  readonly durability: Durability
  /** Reads, in the order in which they are asked for. */
  read(command: readonly string[]): Promise<unknown>
  /** Like {@link Session.read}, after all that was written before. */
  ask(command: readonly string[]): Promise<unknown>
  /** Runs scripts, one after the other; each has its own outcome, and all that succeeded is durable by then. */
  run(calls: readonly ScriptCall[]): Promise<readonly PromiseSettledResult<unknown>[]>
  /** Reads and waits for what is not there yet; `blockMs` as in the command. */
  wait(command: readonly string[], blockMs: number): Promise<unknown>
  /** Asks again whether this is a Redis that a log can be kept on. */
  check(): Promise<void>
  /** The writing connection, for a library that has its own commands. */
  readonly client: RedisClient
  readonly isLost: boolean
  /** Ends all three, whether they still work or not. */
  end(reason: Error): void
}

export interface ScriptCall {
  readonly script: Script
  readonly keys: readonly string[]
  readonly args: readonly string[]
}

export interface SessionOptions {
  readonly url: string
  /** Where it is, without a password. */
  readonly target: string
  onLost(reason: Error): void
}

type RedisClient = ReturnType<typeof newClient>

const CONNECT_TIMEOUT_MS = 2 * SECOND_MS
/** A Redis that takes longer than this to answer is away; a flush to a busy disk takes tenths of a second. */
export const ANSWER_TIMEOUT_MS = 3 * SECOND_MS

export async function openSession({ url, target, onLost }: SessionOptions): Promise<Session> {
  const clients = { read: newClient(url), write: newClient(url), wait: newClient(url) }
  const all = Object.values(clients)
  let lost: Error | undefined

  function end(error: unknown): void {
    if (lost !== undefined) return
    lost = explainFault(error, target)
    // What is under way is rejected by that.
    for (const client of all) if (client.isOpen) client.destroy()
    onLost(lost)
  }

  /** Settles as `answer` does; when that takes too long the connections are given up. */
  async function within<T>(answer: Promise<T>, timeoutMs = ANSWER_TIMEOUT_MS): Promise<T> {
    // In two halves: a process that was stopped meanwhile has yet to read what has come.
    let timer = setTimeout(() => {
      timer = setTimeout(() => end(tooSlow(target, timeoutMs)), timeoutMs / 2)
    }, timeoutMs / 2)
    try {
      return await answer
    } catch (error) {
      throw lost ?? error
    } finally {
      clearTimeout(timer)
    }
  }

  /** Without a limit to the time. */
  async function send(client: RedisClient, command: readonly string[]): Promise<unknown> {
    if (lost !== undefined) throw lost
    try {
      return await client.sendCommand(command)
    } catch (error) {
      if (endsConnection(error)) end(error)
      throw lost ?? explainFault(error, target)
    }
  }

  const ask = (command: readonly string[]) => within(send(clients.write, command))

  async function look(): Promise<{ info: ReadonlyMap<string, string>; durability: Durability }> {
    const info = parseInfo(String(await ask(['INFO'])))
    const settings = await ask(['CONFIG', 'GET', ...CONFIG_NAMES]).catch((error: unknown) => {
      if (lost !== undefined) throw error
      return undefined
    })
    const verdict = judgeServer({ info, config: Array.isArray(settings) ? pairsOf(settings) : undefined })
    if ('fault' in verdict) throw new RedisRefusedError(`${verdict.fault} It is at ${target}.`)
    return { info, durability: verdict.durability }
  }

  for (const client of all) client.on('error', end)
  try {
    await within(Promise.all(all.map((client) => client.connect())), CONNECT_TIMEOUT_MS + ANSWER_TIMEOUT_MS)
    const found = await look()
    for (const { text } of ALL_SCRIPTS) await ask(['SCRIPT', 'LOAD', text])
    return {
      ...found,
      client: clients.write,
      get isLost() {
        return lost !== undefined
      },
      read: (command) => within(send(clients.read, command)),
      ask,
      wait: (command, blockMs) => within(send(clients.wait, command), blockMs + ANSWER_TIMEOUT_MS),
      run: (calls) => within(runScripts(calls, (command) => send(clients.write, command), found.durability)),
      async check() {
        await look()
      },
      end,
    }
  } catch (error) {
    end(error)
    throw explainFault(error, target)
  }
}

function newClient(url: string) {
  return createClient({
    url,
    RESP: 2,
    name: 'ringside',
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy: false },
  })
}

/** Sends all of them at once, and where the replies alone do not say that they are durable, asks whether they are. */
async function runScripts(
  calls: readonly ScriptCall[],
  send: (command: readonly string[]) => Promise<unknown>,
  durability: Durability,
): Promise<readonly PromiseSettledResult<unknown>[]> {
  const settled = await Promise.allSettled(calls.map((call) => runScript(call, send)))
  if (durability === 'always') return settled
  const [flushed] = (await send(['WAITAOF', '1', '0', String(ANSWER_TIMEOUT_MS)])) as readonly number[]
  if (flushed !== 1) throw new RedisAwayError('Redis should write what it is told to its disk, but did not in time.')
  return settled
}

async function runScript(
  { script, keys, args }: ScriptCall,
  send: (command: readonly string[]) => Promise<unknown>,
): Promise<unknown> {
  const rest = [String(keys.length), ...keys, ...args]
  try {
    return await send(['EVALSHA', script.sha, ...rest])
  } catch (error) {
    if (!isScriptUnknown(error)) throw error
    return send(['EVAL', script.text, ...rest])
  }
}

function tooSlow(target: string, timeoutMs: number): RedisAwayError {
  return new RedisAwayError(`Redis at ${target} should answer within ${timeoutMs / SECOND_MS} s, but does not.`)
}

export function pairsOf(flat: readonly unknown[]): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>()
  for (let index = 0; index + 1 < flat.length; index += 2) pairs.set(String(flat[index]), String(flat[index + 1]))
  return pairs
}
