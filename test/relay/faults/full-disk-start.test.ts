import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { itWhere } from '../../support/it-with.ts'
import { relayEnvironment } from '../../support/relay-environment.ts'
import { spawnRelay } from '../support/relay-process.ts'
import { canMount, mountSmallDisk } from './full-disk.ts'

itWhere(canMount(), 'this user may mount no file system')(
  'refuses in a sentence, and not by a signal, to begin on a disk that is full already',
  async () => {
    const disk = mountSmallDisk('64k')
    try {
      const folder = join(disk.folder, 'relay')
      mkdirSync(folder)
      expect(() => writeFileSync(join(disk.folder, 'filler'), Buffer.alloc(128 * 1024))).toThrow('ENOSPC')
      const relay = spawnRelay({
        ...relayEnvironment({
          url: 'http://127.0.0.1:1',
          credentials: { clientId: 'client', clientSecret: 'secret', jwt: 'a.b.c' },
        }),
        RELAY_PORT: '0',
        RELAY_DATA_DIR: folder,
      })
      expect(await relay.ended, relay.log.join('\n')).toBe(1)
      expect(relay.log).toEqual([expect.stringMatching(/^There is no room for .+: ENOSPC/)])
    } finally {
      disk.remove()
    }
  },
)
