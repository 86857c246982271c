import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { relayEnvironment } from '../../support/relay-environment.ts'
import type { FaultScene } from './fault-scene.ts'

/** A relay in another network namespace, as in another container, on the same folder. */

const root = fileURLToPath(new URL('../../..', import.meta.url))

export function canUnshare(): boolean {
  return spawnSync('unshare', ['-n', 'true']).status === 0
}

/** Runs it, and resolves with how it ended and its errors. */
export async function runElsewhere({
  platform,
  dataFolder,
}: Pick<FaultScene, 'platform' | 'dataFolder'>): Promise<{ status: number | null; errors: string }> {
  const relay = spawn('unshare', ['-n', process.execPath, 'relay/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...relayEnvironment(platform), RELAY_PORT: '0', RELAY_DATA_DIR: dataFolder },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  relay.stderr.on('data', (data) => {
    errors += String(data)
  })
  const [status] = await once(relay, 'close')
  return { status: status as number | null, errors }
}
