import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runRoutingCommand } from '../../../relay/command-line/routing-command.ts'
import { type RoutingAnswer, routingAnswer } from '../../../shared/protocol/http/routing.ts'
import { eventually } from '../../support/eventually.ts'
import { relayEnvironment } from '../../support/relay-environment.ts'
import { EXTENSION_ORIGIN } from '../support/extension-address.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'

/** Rules in a whole relay, beside the stand-in of RingCentral. */

const [INES, BEA, SAM, NOOR, SALES] = ['400101', '400102', '400104', '400103', '400195'] as const
const [ADA, GRACE] = ['+14085550123', '+12065550147'] as const

const RULES = {
  rules: [
    { name: 'Only says', when: { extensions: [NOOR] }, do: [{ reply: 'Later' }], dry: true },
    { name: 'Ada rings at Sam’s', when: { caller: [ADA], extensions: [BEA] }, do: [{ forward: { extensionId: SAM } }] },
    {
      name: 'Grace does not wait',
      when: { caller: [GRACE], queues: [SALES] },
      do: [{ forward: { extensionId: NOOR } }],
    },
  ],
}

let folder: string
let file: string
let fixture: RelayFixture
let ines: string
let bea: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-rules-'))
  file = join(folder, 'routing.jsonc')
  await writeFile(file, JSON.stringify(RULES))
  fixture = await startFixture({ settings: { routingFile: file, supervisors: [INES] } })
  ines = (await signIn(fixture, INES)).token
  bea = (await signIn(fixture, BEA)).token
})
afterAll(async () => {
  await fixture.close()
  await rm(folder, { recursive: true })
})

const ask = (token: string) =>
  fetch(`${fixture.relay.url}/v1/routing`, { headers: { origin: EXTENSION_ORIGIN, authorization: `Bearer ${token}` } })

async function readRouting(): Promise<RoutingAnswer> {
  const response = await ask(ines)
  expect(response.status).toBe(200)
  return v.parse(routingAnswer, await response.json())
}

/** The first hit of a rule, once it has one. */
const hitOf = (name: string) =>
  eventually(async () => {
    const hit = (await readRouting()).rules.find((rule) => rule.name === name)?.hits[0]
    if (hit === undefined || hit.outcome === 'unknown') throw new Error(`${name} has not acted yet`)
    return hit
  })

/** What the stand-in was asked to do with calls. */
const asked = () =>
  fixture.platform
    .requests()
    .filter(({ method, path }) => method === 'POST' && path.includes('/telephony/sessions/'))
    .map(({ path }) => path.replace(/^.*\/telephony/, ''))

describe('a relay with rules', () => {
  it('forwards a phone that rings, and says so to who watches all', async () => {
    const call = fixture.platform.placeCall({ from: ADA, to: BEA })
    const hit = await hitOf('Ada rings at Sam’s')
    expect(hit).toMatchObject({
      telephonySessionId: call.telephonySessionId,
      caller: ADA,
      act: 'forward',
      to: { extensionId: SAM },
      outcome: 'done',
    })
    expect(asked()).toEqual([
      `/sessions/${call.telephonySessionId}/parties/${call.telephonySessionId.replace('s-', 'p-')}-2/forward`,
    ])
    call.hangUp('caller')
    await call.settled()
  })

  it('takes a caller out of the queue in which they wait', async () => {
    const call = fixture.platform.placeCall({ from: GRACE, to: SALES })
    expect(await hitOf('Grace does not wait')).toMatchObject({
      caller: GRACE,
      outcome: 'done',
      to: { extensionId: NOOR },
    })
    call.hangUp('caller')
    await call.settled()
  })

  it('says what a dry rule would do, and does not do it', async () => {
    const before = asked().length
    const call = fixture.platform.placeCall({ from: GRACE, to: NOOR })
    expect(await hitOf('Only says')).toMatchObject({ outcome: 'dry', act: 'reply', text: 'Later' })
    expect(asked()).toHaveLength(before)
    call.hangUp('caller')
    await call.settled()
  })

  it('says over its socket what rules of a file would have done, and with the folder alone when it does not run', async () => {
    const lines: string[] = []
    const words = ['try', file, '--since', '1h', '--json']
    const environment = { ...relayEnvironment(fixture.platform), RELAY_DATA_DIR: fixture.settings.dataFolder }
    const tryRules = () =>
      runRoutingCommand(words, environment, { print: (line) => lines.push(line), complain: (line) => lines.push(line) })
    expect(await tryRules(), lines.join('')).toBe(0)
    const running = JSON.parse(lines.splice(0).join(''))
    expect(running.rules).toMatchObject([
      { name: 'Only says', hits: [{ first: 'Grace does not wait' }, { act: 'reply "Later"', caller: GRACE }] },
      { name: 'Ada rings at Sam’s', hits: [{ caller: ADA, act: `forward to extension id ${SAM}` }] },
      { name: 'Grace does not wait', hits: [{ caller: GRACE, act: `forward to extension id ${NOOR}` }] },
    ])
    await fixture.relay.close()
    expect(await tryRules(), lines.join('')).toBe(0)
    expect(JSON.parse(lines.join('')).rules[1].hits).toHaveLength(1)
    fixture = await fixture.restart()
  })

  it('does nothing twice when it starts again, and still tells what was done', async () => {
    const before = asked().length
    fixture = await fixture.restart()
    expect(await hitOf('Ada rings at Sam’s')).toMatchObject({ outcome: 'done' })
    expect(asked()).toHaveLength(before)
  })

  it('shows its rules to nobody who does not watch all', async () => {
    expect((await ask(bea)).status).toBe(403)
    expect((await ask('nobody')).status).toBe(401)
  })

  it('keeps its rules when the file has a fault, and says which', async () => {
    await writeFile(
      file,
      JSON.stringify({ rules: [{ name: 'Ada rings at Sam’s', when: { caller: ['nonsense'] }, do: [] }] }),
    )
    const routing = await eventually(async () => {
      const read = await readRouting()
      expect(read.faults).not.toEqual([])
      return read
    })
    expect(routing.isOn).toBe(true)
    expect(routing.rules.map(({ name }) => name)).toEqual(RULES.rules.map(({ name }) => name))
  })

  it('without a file of rules it says that it has none', async () => {
    fixture = await fixture.restart({ routingFile: undefined })
    expect(await readRouting()).toEqual({ isOn: false, rules: [], faults: [] })
  })
})
