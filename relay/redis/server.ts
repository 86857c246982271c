/** What a Redis says of itself: the lines of `INFO`, and of `CONFIG GET` where it may be asked. */
export interface ServerFacts {
  readonly info: ReadonlyMap<string, string>
  /** `undefined` where the server lets nobody read its configuration, as hosted ones do. */
  readonly config: ReadonlyMap<string, string> | undefined
}

/**
 * How it is known that a write would survive a power cut: by the reply itself, which Redis with `appendfsync always` gives after the
 * flush; or, where a hosted one does not say how it is set, by `WAITAOF` as well. That alone is no proof: with `everysec` some versions
 * answer it before the flush, once nothing is left to be handed to the file.
 */
export type Durability = 'always' | 'waitaof'

export type ServerVerdict = { readonly durability: Durability } | { readonly fault: string }

/** Settings that are read with `CONFIG GET`. */
export const CONFIG_NAMES = ['appendonly', 'appendfsync', 'no-appendfsync-on-rewrite'] as const

const OLDEST_MAJOR = 7
/** The first version with `WAITAOF`. */
const WAITAOF_SINCE = [7, 2] as const

/** Whether a relay can keep its log there; the fault is a sentence that says what should be otherwise. */
export function judgeServer({ info, config }: ServerFacts): ServerVerdict {
  const version = info.get('redis_version') ?? 'unknown'
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const policy = info.get('maxmemory_policy') ?? 'noeviction'
  if (!(major >= OLDEST_MAJOR)) return fault(`Redis should be version 7 or newer, or Valkey, but is ${version}.`)
  if (info.get('cluster_enabled') === '1') {
    return fault('Redis should be a single server, with replicas if you like, but is a cluster: one log is one order.')
  }
  if (info.get('role') !== 'master') {
    return fault('Redis should take writes, but is a replica: RELAY_REDIS_URL should lead to the primary.')
  }
  if (info.get('maxmemory') !== '0' && policy !== 'noeviction') {
    return fault(
      `Redis should forget nothing by itself, but its maxmemory-policy is ${policy}: set it to noeviction. The relay forgets what is older than RELAY_RETENTION_HOURS.`,
    )
  }
  if (info.get('aof_enabled') !== '1') {
    return fault('Redis should write what it is told to its disk, but its appendonly is no: set it to yes.')
  }
  if (config === undefined) {
    return major > WAITAOF_SINCE[0] || minor >= WAITAOF_SINCE[1]
      ? { durability: 'waitaof' }
      : fault(
          'Redis before 7.2 should let the relay read its configuration (CONFIG GET), or nothing tells whether it writes with appendfsync always.',
        )
  }
  if (config.get('appendfsync') === 'always' && config.get('no-appendfsync-on-rewrite') === 'no')
    return { durability: 'always' }
  return fault(
    'Redis should have appendfsync always and no-appendfsync-on-rewrite no, but has not: what it acknowledges could be lost with the power.',
  )
}

function fault(sentence: string): ServerVerdict {
  return { fault: sentence }
}

/** The lines `name:value` of `INFO`. */
export function parseInfo(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .split(/\r?\n/)
      .map((line) => /^([^#:]+):(.*)$/.exec(line))
      .flatMap((match) => (match === null ? [] : [[match[1] ?? '', match[2] ?? ''] as const])),
  )
}

/**
 * What changes when a Redis may have come back with less than it had: with each start of its process, and with each change of which
 * server is the primary.
 */
export function stampOf(info: ReadonlyMap<string, string>): string {
  return `${info.get('run_id') ?? ''} ${info.get('master_replid') ?? ''}`
}

/** Bytes that the log may take there: half of what Redis may, or of what its machine has; infinite where it does not tell. */
export function logRoomBytes(info: ReadonlyMap<string, string>): number {
  const bytes = Number(info.get('maxmemory') ?? 0) || Number(info.get('total_system_memory') ?? 0)
  return bytes > 0 ? Math.floor(bytes * LOG_SHARE) : Number.POSITIVE_INFINITY
}

const LOG_SHARE = 0.5
