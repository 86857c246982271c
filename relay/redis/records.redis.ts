import type { Records } from '../log/records.ts'
import { KEYS } from './keys.ts'
import type { Link } from './link.ts'
import { PUT, REMOVE, REPLACE, type Script } from './scripts.ts'
import type { Session } from './session.ts'
import type { Writer } from './writer.ts'

/** Records in a hash. What is in it is known here as well, so that what changed while Redis was away is told to who listens. */
export interface RedisRecords {
  readonly records: Records
  /** The same, for who may write only as the owner. */
  fenced(fence: number): Records
  /** All that is known, key and value in turn: what a Redis that has lost everything is given. */
  known(): readonly string[]
  /** Takes in all that is there, key and value in turn; the returned function tells of what is new. */
  load(flat: readonly string[]): () => void
  /** Reads what others have changed, and tells of it. */
  refresh(keys: readonly string[], session: Session): Promise<void>
}

export interface RedisRecordsOptions {
  readonly link: () => Link
  readonly writer: Writer
  readonly logId: () => string
  /** This process, by which it knows its own changes. */
  readonly relayId: string
}

export function createRedisRecords({ link, writer, logId, relayId }: RedisRecordsOptions): RedisRecords {
  let values = new Map<string, string>()
  let isLoaded = false
  const listeners: ((key: string, value: string | undefined) => void)[] = []

  function note(key: string, value: string | undefined): void {
    if (value === undefined) values.delete(key)
    else values.set(key, value)
  }

  const readAll = async (): Promise<ReadonlyMap<string, string>> =>
    new Map(pairsOf((await link().use().ask(['HGETALL', KEYS.records])) as readonly string[]))

  function tell(key: string): void {
    for (const listener of listeners) listener(key, values.get(key))
  }

  function view(fence: number | undefined): Records {
    const run = (script: Script, ...args: readonly string[]) =>
      writer.run({
        script,
        keys: [KEYS.log, KEYS.records, KEYS.changes],
        args: [logId(), fence === undefined ? '' : String(fence), relayId, ...args],
      })
    return {
      async get(key) {
        return ((await link().use().ask(['HGET', KEYS.records, key])) as string | null) ?? undefined
      },
      async put(key, value) {
        await run(PUT, key, value)
        note(key, value)
      },
      async replace(key, before, value) {
        const isReplaced = (await run(REPLACE, key, value, before)) === 1
        if (isReplaced) note(key, value)
        return isReplaced
      },
      async remove(key) {
        await run(REMOVE, key)
        note(key, undefined)
      },
      list: async (prefix) =>
        [...(await readAll())]
          .filter(([key]) => key.startsWith(prefix))
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, value]) => value),
      entries: readAll,
      onChangedElsewhere: (listener) => void listeners.push(listener),
    }
  }

  return {
    records: view(undefined),
    fenced: view,
    known: () => [...values].flat(),
    load(flat) {
      const before = values
      values = new Map(pairsOf(flat))
      const keys = new Set([...before.keys(), ...values.keys()])
      const changed = isLoaded ? [...keys].filter((key) => before.get(key) !== values.get(key)) : []
      isLoaded = true
      return () => {
        for (const key of changed) tell(key)
      }
    },
    async refresh(keys, session) {
      const found = (await session.ask(['HMGET', KEYS.records, ...keys])) as readonly (string | null)[]
      for (const [index, key] of keys.entries()) note(key, found[index] ?? undefined)
      for (const key of keys) tell(key)
    },
  }
}

function pairsOf(flat: readonly string[]): readonly (readonly [key: string, value: string])[] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [flat[2 * index] ?? '', flat[2 * index + 1] ?? ''])
}
