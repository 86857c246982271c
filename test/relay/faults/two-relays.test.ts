import { afterEach, expect } from 'vitest'
import { itWhere } from '../../support/it-with.ts'
import { canUnshare, runElsewhere } from './another-network.ts'
import { type FaultScene, startFaultScene } from './fault-scene.ts'

/** Two containers on one volume: the second relay reaches the same folder from a network of its own. */

let scene: FaultScene
afterEach(() => scene.close())

itWhere(canUnshare(), 'this user may make no network namespace')(
  'refuses a second relay in another network namespace, and lets it in when the first was killed',
  async () => {
    scene = await startFaultScene()
    const post = () => scene.checker.post({ url: scene.relay.url, secret: scene.secret(), count: 50, atATime: 4 })
    await post()
    expect(await runElsewhere(scene)).toEqual({
      status: 1,
      errors: `The data folder ${scene.dataFolder} is in use by another relay: stop that one, or give this one another RELAY_DATA_DIR.\n`,
    })
    expect((await post()).statuses).toEqual({ 200: 50 })
    await scene.relay.end('SIGKILL')
    await scene.start()
    expect((await post()).statuses).toEqual({ 200: 50 })
  },
)
