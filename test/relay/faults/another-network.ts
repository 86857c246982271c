import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { relayEnvironment } from '../../support/relay-environment.ts'
import { RELAY } from '../support/relay-process.ts'
import type { FaultScene } from './fault-scene.ts'

/** A relay in another network namespace, as in another container, on the same folder. */

export function canUnshare(): boolean {
  return spawnSync('unshare', ['-n', 'true']).status === 0
}

/** Runs it, and resolves with how it ended and its errors. */
export async function runElsewhere({
  platform,
  dataFolder,
}: Pick<FaultScene, 'platform' | 'dataFolder'>): Promise<{ status: number | null; errors: string }> {
  const relay = spawn('unshare', ['-n', RELAY.command, ...RELAY.words], {
    cwd: RELAY.folder,
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
