import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { systemClock } from '../../relay/clock.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import type { Platform } from '../platform/platform.ts'
import { type RelayFixture, startFixture } from '../relay/support/relay-fixture.ts'
import { openStream, type StreamClient } from '../relay/support/stream-client.ts'

/**
 * Data folders as relays of before left them at a stop: two people signed in, a call of four events. They were written by the relay
 * of their time against the stand-in of its time.
 */
const FOLDERS = [
  {
    name: 'embedded-store',
    token: 'l_aUEOC92HtVZWb19VS6U9PVx7K9xniDX35YCgIvVbo',
    epoch: '9ZwEwJu-HYCDyJEB_o79E2',
    leftAtMs: 1_796_038_193_234,
  },
  {
    name: 'segments',
    token: 'p3B3Hf4-r8bSqen1z3WVmpVXnlo4o7ZkglNXH2kMdKk',
    epoch: '-f46Y6Cv5u--eILH2jzy-B',
    leftAtMs: 1_796_038_216_507,
  },
]

/** This stand-in never gave these people their logins, and would disown them: it is away when it is asked about them. */
function hideStrangers({ misbehave }: Platform): void {
  misbehave.answerRequests('grants', { status: 503 })
}

let dataFolder: string
let fixture: RelayFixture
afterEach(async () => {
  await fixture?.close()
  await rm(dataFolder, { recursive: true, force: true })
})

async function comeBack(token: string, after: { epoch: string; position: number }): Promise<StreamClient> {
  const client = await openStream(fixture.relay.url)
  client.hello(token, after)
  return client
}

it.each(FOLDERS)('the relay of today goes on with a folder of $name: positions, sign-ins, events', async (folder) => {
  dataFolder = await mkdtemp(join(tmpdir(), 'ringside-upgrade-'))
  const archive = fileURLToPath(new URL(`folders/${folder.name}.tar.gz`, import.meta.url))
  execFileSync('tar', ['-C', dataFolder, '-xzf', archive])
  // Soon after it was left, whenever this runs.
  const startMs = Date.now()
  const clock = { ...systemClock, nowMs: () => folder.leftAtMs + MINUTE_MS + (Date.now() - startMs) }
  fixture = await startFixture({ settings: { dataFolder }, relay: { clock }, prepare: hideStrangers })

  const client = await comeBack(folder.token, { epoch: folder.epoch, position: 2 })
  const welcome = await client.welcome()
  expect(welcome).toMatchObject({ resumed: true, oldest: 1, user: { extensionId: '400102' } })
  await client.events(2)
  const received = client.frames.map((frame) => JSON.parse(frame)).filter(({ type }) => type === 'events')
  const events = received.flatMap((frame) => frame.events as readonly { position: number; notification?: object }[])
  const positions = events.flatMap(({ position, notification }) => (notification === undefined ? [] : position))
  expect(positions).toEqual([3, 4])
  await client.close()

  // From now on it is a folder of today: started again, it is what it was.
  fixture = await fixture.restart()
  const again = await comeBack(folder.token, { epoch: welcome.epoch, position: 4 })
  expect(await again.welcome()).toMatchObject({ resumed: true, epoch: welcome.epoch })
  await again.close()
})
