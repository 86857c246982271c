import { describe, expect, it } from 'vitest'
import { judgeServer, parseInfo, stampOf } from '../../../relay/redis/server.ts'

/** Which Redis a log can be kept on, by what it says of itself. */

const INFO = {
  redis_version: '7.0.15',
  cluster_enabled: '0',
  role: 'master',
  maxmemory: '0',
  maxmemory_policy: 'noeviction',
  aof_enabled: '1',
}
const CONFIG = { appendonly: 'yes', appendfsync: 'always', 'no-appendfsync-on-rewrite': 'no' }

const judge = (info: Partial<typeof INFO> = {}, config: Partial<typeof CONFIG> | 'refused' = {}) =>
  judgeServer({
    info: new Map(Object.entries({ ...INFO, ...info })),
    config: config === 'refused' ? undefined : new Map(Object.entries({ ...CONFIG, ...config })),
  })

describe('is taken', () => {
  it.each<[what: string, verdict: ReturnType<typeof judgeServer>, durability: string]>([
    ['one that flushes before each answer', judge(), 'always'],
    ['one of a later make', judge({ redis_version: '8.2.1' }), 'always'],
    ['one with a policy of eviction and no limit to evict for', judge({ maxmemory_policy: 'allkeys-lru' }), 'always'],
    ['a hosted one that tells nothing and can be asked', judge({ redis_version: '7.4.1' }, 'refused'), 'waitaof'],
  ])('%s', (_what, verdict, durability) => {
    expect(verdict).toEqual({ durability })
  })
})

describe('is refused, in a sentence that says what should be otherwise', () => {
  it.each<[what: string, verdict: ReturnType<typeof judgeServer>, says: RegExp]>([
    ['version 6', judge({ redis_version: '6.2.14' }), /version 7 or newer.*is 6\.2\.14/],
    ['what tells no version', judgeServer({ info: new Map(), config: undefined }), /version 7 or newer.*is unknown/],
    ['a cluster', judge({ cluster_enabled: '1' }), /a single server.*is a cluster/],
    ['a replica', judge({ role: 'slave' }), /should take writes, but is a replica/],
    [
      'one that evicts',
      judge({ maxmemory: '1000000', maxmemory_policy: 'allkeys-lru' }),
      /maxmemory-policy is allkeys-lru: set it to noeviction/,
    ],
    ['one in memory alone', judge({ aof_enabled: '0' }), /appendonly is no: set it to yes/],
    [
      'one that flushes each second',
      judge({ redis_version: '8.2.1' }, { appendfsync: 'everysec' }),
      /should have appendfsync always/,
    ],
    [
      'one that waits with flushes',
      judge({ redis_version: '8.2.1' }, { 'no-appendfsync-on-rewrite': 'yes' }),
      /appendfsync-on-rewrite no/,
    ],
    ['an older one that does not tell', judge({}, 'refused'), /should let the relay read its configuration/],
  ])('%s', (_what, verdict, says) => {
    expect('fault' in verdict && verdict.fault).toMatch(says)
  })
})

it('reads what Redis says of itself, line by line', () => {
  const info = parseInfo('# Server\r\nredis_version:7.0.15\r\nrun_id:abc\r\n\r\n# Replication\r\nmaster_replid:def\r\n')
  expect(info.get('redis_version')).toBe('7.0.15')
  expect(stampOf(info)).toBe('abc def')
})
