import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, expect } from 'vitest'
import { type RedisScene, startRedisScene } from '../relay/faults/redis-scene.ts'
import { LACKS_REDIS } from '../relay/support/redis-server.ts'
import { openStream, type StreamClient } from '../relay/support/stream-client.ts'
import { itWhere } from '../support/it-with.ts'

/** A backup of a Redis as the guide has it: taken while everything runs, and put in the place of what Redis has. */

const SCRIPT = fileURLToPath(new URL('../../docs/run/back-up-redis.sh', import.meta.url))

const PASSWORD = 'of-the-tests'

let scene: RedisScene
let aside: string
afterEach(async () => {
  await scene?.close()
  await rm(aside, { recursive: true, force: true })
})

const post = (count: number) =>
  scene.checker.post({ url: scene.balancer.url, secret: scene.secret(), count, atATime: 4 })
async function hello(token: string, after?: { epoch: string; position: number }): Promise<StreamClient> {
  const client = await openStream(scene.balancer.url)
  client.hello(token, after)
  return client
}
/** What the script writes; rejects when it ends with a failure. */
function copy(password: string) {
  const env = { PATH: process.env.PATH ?? '', REDISCLI_AUTH: password, REDIS_PORT: String(scene.redis.port) }
  return promisify(execFile)('sh', [SCRIPT], { env, encoding: 'buffer', maxBuffer: 2 ** 26 })
}
const setting = async (name: string) =>
  ((await scene.redis.command('CONFIG', 'GET', name)) as readonly string[])[1] ?? ''

itWhere(LACKS_REDIS === undefined, LACKS_REDIS ?? '')(
  'brings back events, sign-ins and the subscription on a Redis that has lost its folder',
  async () => {
    aside = await mkdtemp(join(tmpdir(), 'ringside-redis-backup-'))
    scene = await startRedisScene({ relays: 1, redis: { password: PASSWORD } })
    const folder = await setting('dir')
    const archive = join(aside, 'redis.tar.gz')
    await post(10)
    const first = await hello(scene.supervisor.token)
    const { epoch } = await first.welcome()
    await first.close()
    const [subscription] = scene.platform.subscriptions()

    // Its file has been written anew, or is being, and events come in meanwhile.
    await scene.redis.command('BGREWRITEAOF')
    const percentage = await setting('auto-aof-rewrite-percentage')
    const [copied] = await Promise.all([copy(PASSWORD), post(5)])
    await writeFile(archive, copied.stdout)
    expect(await setting('auto-aof-rewrite-percentage')).toBe(percentage)
    await expect(copy('a wrong one')).rejects.toMatchObject({ stdout: Buffer.alloc(0) })
    await post(10)
    await scene.relays[0]?.end('SIGTERM')
    await scene.redis.end('SIGKILL')
    await rm(join(folder, 'appendonlydir'), { recursive: true })
    execFileSync('tar', ['-C', folder, '-xzf', archive])
    await scene.redis.start()
    await scene.start(0)

    expect(scene.platform.subscriptions().map(({ id }) => id)).toEqual([subscription?.id])
    const behind = await hello(scene.supervisor.token, { epoch, position: 10 })
    const welcome = await behind.welcome()
    expect(welcome).toMatchObject({ resumed: true, oldest: 1 })
    await behind.close()
    const ahead = await hello(scene.supervisor.token, { epoch, position: 25 })
    expect(await ahead.welcome()).toMatchObject({ resumed: false, epoch: welcome.epoch })
    await ahead.close()
    const agent = await hello(scene.agent.token)
    expect(await agent.welcome()).toMatchObject({ user: { extensionId: '400102' } })
    await agent.close()
    expect((await post(1)).statuses).toEqual({ 200: 1 })
  },
)
