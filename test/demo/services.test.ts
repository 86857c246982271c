import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { signIn } from '../relay/support/sign-in-flow.ts'
import { openStream, type StreamClient } from '../relay/support/stream-client.ts'
import { eventually } from '../support/eventually.ts'
import { hasBoard } from './board.ts'
import { type Services, startServices } from './services.ts'

/** The demo without its browsers: a busy account behind an agent whose phone is left alone. */

const [BEA, INES] = ['400102', '400101'] as const

let services: Services | undefined
const clients: StreamClient[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
  await services?.close()
  services = undefined
})

async function startBusy(): Promise<Services> {
  services = await startServices({ firstPort: 0, busy: { aside: [BEA, INES] } })
  return services
}

async function follow({ relayUrl }: Services, person: string, view: 'mine' | 'watched'): Promise<StreamClient> {
  const client = await openStream(relayUrl)
  clients.push(client)
  const { token } = await signIn({ relay: { url: relayUrl } }, person)
  client.hello(token, null, view)
  await client.welcome()
  return client
}

const eventsOf = (client: StreamClient) =>
  client.messages().flatMap((message) => (message.type === 'events' ? message.events : []))

it('begins with an account that has been busy, and goes on', async () => {
  const { platform } = await startBusy()
  const atStart = platform.truth()
  expect(atStart.position).toBeGreaterThan(100)
  expect([...atStart.extensions.values()].filter(({ live }) => live.length > 0).length).toBeGreaterThan(5)
  expect(Math.abs(platform.nowMs() - Date.now())).toBeLessThan(60_000)
  await eventually(() => expect(platform.truth().position).toBeGreaterThan(atStart.position))
})

it('leaves the agent’s phone alone, until somebody calls it by hand', async () => {
  const started = await startBusy()
  const bea = await follow(started, BEA, 'mine')
  const { telephonySessionId } = started.platform.placeCall({ from: '+14085550123', to: BEA })
  await bea.events(4)
  for (const event of eventsOf(bea)) {
    expect(event).toMatchObject({ notification: { body: { telephonySessionId } } })
  }
})

it('has a supervisor who sees the account, by what RingCentral grants her', async () => {
  const started = await startBusy()
  const { position } = started.platform.truth()
  const ines = await follow(started, INES, 'watched')
  const { user } = await ines.welcome()
  expect(user).toMatchObject({ role: 'supervisor', watches: { queues: expect.arrayContaining(['400195', '400198']) } })
  await ines.events(Math.floor(position / 2))
})

it('opens the board once the build has one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-build-'))
  try {
    expect(hasBoard(folder)).toBe(false)
    await writeFile(join(folder, 'board.html'), '')
    expect(hasBoard(folder)).toBe(true)
  } finally {
    await rm(folder, { recursive: true })
  }
})

it('writes a call into the stand-in HubSpot, and shows it on the page of the sample CRM', async () => {
  services = await startServices({ firstPort: 0, tidy: true })
  await services.platform.subscribed()
  const call = services.platform.placeCall({ from: '+14085550123', to: BEA })
  await eventually(() => call.answer())
  call.hangUp('caller')
  await call.settled()
  const { crmUrl } = services
  const calls = await eventually(async () => {
    const shown = await (await fetch(`${crmUrl}/contacts/ada-winter/calls`)).json()
    expect(shown).toHaveLength(1)
    return shown
  })
  expect(calls[0].title).toMatch(/^Incoming call, talked /)
  expect(calls[0].lines).toContain('Outcome answered')
  expect(calls[0].lines.at(-1)).toBe(`Ringside ${call.telephonySessionId}`)
  const others = await fetch(`${crmUrl}/contacts/grace-okonkwo/calls`)
  expect(await others.json()).toEqual([])
})
