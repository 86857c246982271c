import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { METRICS } from '../../relay/metric-table.ts'
import { type Platform, startPlatform } from '../platform/platform.ts'
import { startRedisScene } from '../relay/faults/redis-scene.ts'
import { notification } from '../relay/support/notification.ts'
import { LACKS_REDIS } from '../relay/support/redis-server.ts'
import { type RelayProcess, type RelayProgram, startRelayProcess } from '../relay/support/relay-process.ts'
import { signIn } from '../relay/support/sign-in-flow.ts'
import { openStream } from '../relay/support/stream-client.ts'
import { findFreePort } from '../support/free-port.ts'
import { itWhere } from '../support/it-with.ts'
import { environmentOf, isLetIn, lastOf, readStages } from './dockerfile.ts'
import { layOutImage, listProjectFiles } from './lay-out-image.ts'
import { readSeries, readToldMetrics } from './told-metrics.ts'

/** The image as it is shipped: built step by step, and started where nothing else of the project is. */

const project = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(project, path), 'utf8')
const stages = readStages(read('Dockerfile'))
const ignore = read('.dockerignore')
const [build, image] = stages
if (build === undefined || image === undefined || stages.length !== 2) throw new Error('There should be two stages.')

let folder: string
let root: string
let platform: Platform
let relay: RelayProcess
let program: RelayProgram
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-image-'))
  const roots = await layOutImage(stages, { project, ignore, folder })
  root = roots.get(image.name) ?? ''
  platform = await startPlatform({ tidy: true })
  const [command = '', ...words] = JSON.parse(lastOf(image, 'CMD')) as readonly string[]
  program = { command: command === 'node' ? process.execPath : command, words, folder: join(root, 'ringside') }
  relay = await startRelayProcess({
    platform,
    dataFolder: join(root, environmentOf(image).RELAY_DATA_DIR ?? ''),
    port: await findFreePort(),
    // A container has addresses of its own.
    environment: {
      ...environmentOf(image),
      RELAY_HOST: '127.0.0.1',
      RELAY_DATA_DIR: join(root, 'data'),
      RELAY_ROUTING_FILE: join(project, 'docs/rules/important-customers.jsonc'),
    },
    program,
  })
})
afterAll(async () => {
  await relay?.end()
  await platform?.close()
  await rm(folder, { recursive: true })
})

describe('the image', () => {
  it('has the one file and the folder of its data', async () => {
    expect(await readdir(root)).toEqual(['data', 'ringside'])
    expect(await readdir(join(root, 'ringside'))).toEqual(['relay.mjs'])
    expect((await stat(join(root, 'ringside', 'relay.mjs'))).size).toBeLessThan(4_200_000)
  })

  it('runs as nobody, on the Node that the project runs on, and keeps its data in a volume', () => {
    expect(lastOf(image, 'USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/)
    expect(lastOf(image, 'VOLUME')).toBe(environmentOf(image).RELAY_DATA_DIR)
    const [major] = process.versions.node.split('.')
    for (const { base } of stages) expect(base).toMatch(new RegExp(`^node:${major}-`))
  })

  it('lets no settings, data or history into its build', () => {
    const letIn = listProjectFiles(project).filter((path) => isLetIn(path, ignore))
    expect(letIn.filter((path) => !/^(relay|shared)\/|^(package|package-lock|tsconfig)\.json$/.test(path))).toEqual([])
    for (const path of ['.env', '.git/config', '.ringside/token.key', 'node_modules/x']) {
      expect(isLetIn(path, ignore), path).toBe(false)
    }
  })
})

describe('the relay in it', () => {
  it('reads a file of rules', () => {
    expect(relay.log.some((line) => line.includes('The rules were read'))).toBe(true)
  })

  it('takes an event, stores it, sends it on and counts it', async () => {
    const { token } = await signIn({ relay }, '400102')
    const client = await openStream(relay.url)
    client.hello(token)
    await client.welcome()
    const secret = platform.subscriptions()[0]?.verificationToken ?? ''
    const { status } = await fetch(`${relay.url}/webhook`, {
      method: 'POST',
      headers: { 'verification-token': secret, 'content-type': 'application/json' },
      body: JSON.stringify(notification({ telephonySessionId: 's-image' })),
    })
    expect(status).toBe(200)
    await client.events(1)
    expect(client.frames.some((frame) => frame.includes('s-image'))).toBe(true)
    await client.close()

    const text = await (await fetch(`${relay.url}/metrics`)).text()
    expect(text).toContain('ringside_deliveries_total{result="accepted"} 1\n')
    // It writes to no CRM, and so counts no records of one.
    const told = [...(await readToldMetrics()).keys()].filter((name) => name !== METRICS.crmRecords.name)
    expect([...readSeries(text).keys()].sort()).toEqual(told.sort())
  })

  it('says nothing at its start that is no line of its log', () => {
    for (const line of relay.log) expect(JSON.parse(line), line).toHaveProperty('msg')
  })

  it('is found to be well, and to be gone, by the health check', async () => {
    const [, words = ''] = /CMD (\[.*\])$/.exec(lastOf(image, 'HEALTHCHECK')) ?? []
    const [, ...check] = JSON.parse(words) as readonly string[]
    const ask = (port: string) =>
      spawnSync(process.execPath, check, { env: { RELAY_PORT: port }, encoding: 'utf8' }).status
    expect(ask(new URL(relay.url).port)).toBe(0)
    expect(ask(String(await findFreePort()))).toBe(1)
  })

  it('says on an older Node which one it should be', () => {
    const banner = readFileSync(join(root, 'ringside', 'relay.mjs'), 'utf8')
      .split('\n')
      .slice(0, 4)
      .join('\n')
    const old = `const process = { versions: { node: '20.20.2' }, exit: (status) => said.push(status) }
      const said = []
      const console = { error: (line) => said.push(line) }
      ${banner}
      return said`
    expect(new Function(old)()).toEqual(['The relay should run on Node 24 or newer, but this is Node 20.20.2.', 1])
  })

  itWhere(LACKS_REDIS === undefined, LACKS_REDIS ?? '')('keeps everything on a Redis where it is told to', async () => {
    const scene = await startRedisScene({ relays: 1, program })
    try {
      await scene.read()
      const { statuses } = await scene.checker.post({
        url: scene.balancer.url,
        secret: scene.secret(),
        count: 20,
        atATime: 4,
      })
      expect(statuses).toEqual({ 200: 20 })
      expect(await scene.checker.wait()).toBe(true)
      expect((await scene.checker.verdict()).problems).toEqual([])
      expect(await scene.redis.command('XLEN', 'ringside:events')).toBe(20)
      for (const line of scene.relays[0]?.log ?? []) expect(JSON.parse(line), line).toHaveProperty('msg')
      expect(await scene.relays[0]?.end('SIGTERM')).toBe(0)
    } finally {
      await scene.close()
    }
  })

  it('stops cleanly', async () => {
    expect(await relay.end('SIGTERM')).toBe(0)
    expect(relay.log.at(-1)).toContain('The relay has stopped')
  })
})
