import { afterEach, expect, it } from 'vitest'
import { putBack, takeCopy } from '../support/log-files.ts'
import { openStream, type StreamClient } from '../support/stream-client.ts'
import { type FaultScene, startFaultScene } from './fault-scene.ts'

/** A backup is put back in place, and the relay goes on from there: what clients have seen since is in no log any more. */

let scene: FaultScene
afterEach(() => scene.close())

const post = (count: number) => scene.checker.post({ url: scene.relay.url, secret: scene.secret(), count, atATime: 4 })

async function join(after?: { epoch: string; position: number }): Promise<StreamClient> {
  const client = await openStream(scene.relay.url)
  client.hello(scene.supervisor.token, after)
  return client
}

it('shows a gap to whom has seen more than the copy has, and goes on with everybody else', async () => {
  scene = await startFaultScene()
  await post(10)
  await scene.relay.end('SIGTERM')
  const copy = await takeCopy(scene.dataFolder)
  await scene.start()
  const before = await (await join()).welcome()
  await post(20)

  await scene.relay.end('SIGKILL')
  await putBack(scene.dataFolder, copy)
  await scene.start()
  // By now a cursor of then lies within the log again, among events that its client has never seen.
  await post(25)

  const ahead = await join({ epoch: before.epoch, position: 30 })
  const welcome = await ahead.welcome()
  expect(welcome).toMatchObject({ resumed: false, oldest: 1 })
  expect(welcome.head).toBeGreaterThan(30)
  expect(welcome.epoch).not.toBe(before.epoch)
  await ahead.close()

  const behind = await join({ epoch: before.epoch, position: 10 })
  expect(await behind.welcome()).toMatchObject({ resumed: true, epoch: welcome.epoch })
  await behind.close()

  await scene.relay.end('SIGKILL')
  await scene.start()
  const later = await join({ epoch: welcome.epoch, position: 35 })
  expect(await later.welcome()).toMatchObject({ resumed: true, epoch: welcome.epoch })
  await later.close()
})
