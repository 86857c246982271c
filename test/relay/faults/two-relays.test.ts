import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect } from 'vitest'
import { itWhere } from '../../support/it-with.ts'
import { relayEnvironment } from '../../support/relay-environment.ts'
import { type FaultScene, startFaultScene } from './fault-scene.ts'

/** Two containers on one volume: the second relay reaches the same folder from a network of its own. */

let scene: FaultScene
afterEach(() => scene.close())

const root = fileURLToPath(new URL('../../..', import.meta.url))
const canUnshare = spawnSync('unshare', ['-n', 'true']).status === 0

/** Runs a relay on the folder in another network namespace; resolves with how it ended and its errors. */
async function runElsewhere(): Promise<{ status: number | null; errors: string }> {
  const relay = spawn('unshare', ['-n', process.execPath, 'relay/main.ts'], {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      ...relayEnvironment(scene.platform),
      RELAY_PORT: '0',
      RELAY_DATA_DIR: scene.dataFolder,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  relay.stderr.on('data', (data) => {
    errors += String(data)
  })
  const [status] = await once(relay, 'close')
  return { status: status as number | null, errors }
}

itWhere(canUnshare, 'this user may make no network namespace')(
  'refuses a second relay in another network namespace, and lets it in when the first was killed',
  async () => {
    scene = await startFaultScene()
    const post = () => scene.checker.post({ url: scene.relay.url, secret: scene.secret(), count: 50, atATime: 4 })
    await post()
    expect(await runElsewhere()).toEqual({
      status: 1,
      errors: `The data folder ${scene.dataFolder} is in use by another relay: stop that one, or give this one another RELAY_DATA_DIR.\n`,
    })
    expect((await post()).statuses).toEqual({ 200: 50 })
    await scene.relay.end('SIGKILL')
    await scene.start()
    expect((await post()).statuses).toEqual({ 200: 50 })
  },
)
