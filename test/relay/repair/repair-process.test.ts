import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startPlatform } from '../../platform/platform.ts'
import { eventually } from '../../support/eventually.ts'
import { findFreePort } from '../../support/free-port.ts'
import { startRelayProcess } from '../support/relay-process.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'

/** The relay as a process of its own, killed while a call goes on. */

const BEA = '400102'

it('a relay that was killed repairs what it missed, for who resumes', async () => {
  const platform = await startPlatform({ tidy: true, rateLimits: { Auth: 1000 } })
  const dataFolder = await mkdtemp(join(tmpdir(), 'ringside-repair-'))
  const options = { platform, dataFolder, port: await findFreePort() }
  let relay = await startRelayProcess(options)
  const { token } = await signIn({ relay }, BEA)
  const call = platform.placeCall({ from: '+14085550123', to: BEA })
  call.answer()
  await call.settled()
  const before = await openStream(relay.url)
  before.hello(token)
  const { epoch } = await before.welcome()
  const position = (await before.events(4)).at(-1)?.head ?? 0

  await relay.end('SIGKILL')
  call.hangUp('caller')
  await call.settled()
  relay = await startRelayProcess(options)
  const resumed = await openStream(relay.url)
  resumed.hello(token, { epoch, position })
  expect((await resumed.welcome()).resumed).toBe(true)
  const brought = () => resumed.messages().flatMap((message) => (message.type === 'events' ? message.events : []))
  await eventually(() =>
    expect(brought()).toEqual([
      {
        position: position + 1,
        receivedAt: expect.any(String),
        status: { telephonySessionId: call.telephonySessionId, asOf: expect.any(String), found: false },
      },
    ]),
  )
  expect(platform.subscriptions()).toHaveLength(1)
  expect(relay.log.join('\n')).not.toContain('4085550123')

  await resumed.close()
  await relay.end()
  await platform.close()
  await rm(dataFolder, { recursive: true })
})
