import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { type FaultScene, startFaultScene } from '../relay/faults/fault-scene.ts'
import { openStream, type StreamClient } from '../relay/support/stream-client.ts'

/** A backup as the guide has it: an archive of the folder, taken while the relay is stopped and put in the place of the folder. */

let scene: FaultScene
let aside: string
afterEach(async () => {
  await scene.close()
  await rm(aside, { recursive: true })
})

const post = (count: number) => scene.checker.post({ url: scene.relay.url, secret: scene.secret(), count, atATime: 4 })

async function hello(token: string, after?: { epoch: string; position: number }): Promise<StreamClient> {
  const client = await openStream(scene.relay.url)
  client.hello(token, after)
  return client
}

it('brings back events, sign-ins and the subscription on a machine that has lost its folder', async () => {
  aside = await mkdtemp(join(tmpdir(), 'ringside-backup-'))
  scene = await startFaultScene()
  const archive = join(aside, 'ringside.tar.gz')
  const parent = dirname(scene.dataFolder)
  await post(10)
  const first = await hello(scene.supervisor.token)
  const { epoch } = await first.welcome()
  await first.close()
  const [subscription] = scene.platform.subscriptions()

  await scene.relay.end('SIGTERM')
  execFileSync('tar', ['-C', parent, '-czf', archive, basename(scene.dataFolder)])
  await scene.start()
  await post(5)
  await scene.relay.end('SIGKILL')
  await rm(scene.dataFolder, { recursive: true })
  await mkdir(parent, { recursive: true })
  execFileSync('tar', ['-C', parent, '-xzf', archive])
  await scene.start()

  expect(scene.platform.subscriptions().map(({ id }) => id)).toEqual([subscription?.id])
  const behind = await hello(scene.supervisor.token, { epoch, position: 10 })
  const welcome = await behind.welcome()
  expect(welcome).toMatchObject({ resumed: true, oldest: 1 })
  // What was posted after the copy is gone; a repair may have added what RingCentral says of calls.
  expect(welcome.head).toBeLessThan(15)
  await behind.close()
  const ahead = await hello(scene.supervisor.token, { epoch, position: 15 })
  expect(await ahead.welcome()).toMatchObject({ resumed: false, epoch: welcome.epoch })
  await ahead.close()
  const agent = await hello(scene.agent.token)
  expect(await agent.welcome()).toMatchObject({ user: { extensionId: '400102' } })
  await agent.close()
  await post(1)
})
