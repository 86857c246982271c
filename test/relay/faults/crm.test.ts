import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectToRelay } from '../../../relay/command-line/running-relay.ts'
import type { CrmState } from '../../../shared/protocol/http/crm.ts'
import { type HubSpotStandIn, startHubSpot } from '../../crm-stand-ins/hubspot.ts'
import { type Platform, startPlatform } from '../../platform/platform.ts'
import { eventually } from '../../support/eventually.ts'
import { findFreePort } from '../../support/free-port.ts'
import { type RelayProcess, startRelayProcess } from '../support/relay-process.ts'

/** [K1] The relay is killed on the way of a call into the CRM. How many records there are is counted by the stand-in. */

const BEA = '400102'
const ADA = '+14085550123'

let platform: Platform
let hubspot: HubSpotStandIn
let folder: string
let relay: RelayProcess
let port: number

beforeEach(async () => {
  platform = await startPlatform({ tidy: true })
  hubspot = await startHubSpot()
  hubspot.addContact({ firstname: 'Ada', lastname: 'Winter', phone: ADA })
  folder = await mkdtemp(join(tmpdir(), 'ringside-crm-'))
  port = await findFreePort()
  await start()
})
afterEach(async () => {
  await relay.end()
  await hubspot.close()
  await platform.close()
  await rm(folder, { recursive: true })
})

async function start(waitS = 0): Promise<void> {
  const environment = {
    RELAY_CRM: 'hubspot',
    RELAY_CRM_URL: hubspot.url,
    RELAY_CRM_KEY: hubspot.key,
    RELAY_CRM_WAIT_S: String(waitS),
  }
  relay = await startRelayProcess({ platform, dataFolder: folder, port, environment })
}

async function talk(): Promise<string> {
  const call = platform.placeCall({ from: ADA, to: BEA })
  await eventually(() => call.answer())
  call.hangUp('caller')
  await call.settled()
  return call.telephonySessionId
}

const stateIs = (key: string, state: CrmState) =>
  eventually(async () => {
    const running = await connectToRelay(folder)
    const { records } = (await running?.crmRecords(0)) ?? { records: [] }
    expect(records.find((one) => one.key === key)?.state).toBe(state)
  })

it('while its record is being written, which the CRM finishes when nobody listens any more', async () => {
  const goOn = hubspot.misbehave.holdWrites()
  const key = await talk()
  await eventually(() => expect(hubspot.misbehave.heldWrites()).toBe(1))
  await stateIs(key, 'sent')
  await relay.end()
  goOn()
  await eventually(() => expect(hubspot.calls()).toHaveLength(1))
  await start()
  await stateIs(key, 'logged')
  expect(hubspot.calls()).toHaveLength(1)
  expect(hubspot.duplicates()).toBe(0)
})

it('while its record is being written, which the CRM has not begun', async () => {
  const goOn = hubspot.misbehave.goAway()
  const key = await talk()
  await stateIs(key, 'ready')
  await relay.end()
  goOn()
  await start()
  await stateIs(key, 'logged')
  expect(hubspot.calls()).toHaveLength(1)
})

it('after the CRM has written it and its answer was lost', async () => {
  hubspot.misbehave.loseAnswers()
  const key = await talk()
  await eventually(() => expect(hubspot.calls()).toHaveLength(1))
  await stateIs(key, 'sent')
  await relay.end()
  await start()
  await stateIs(key, 'logged')
  expect(hubspot.calls()).toHaveLength(1)
  expect(hubspot.duplicates()).toBe(0)
})

it('while it still waits for late events', async () => {
  await relay.end()
  await start(3600)
  const key = await talk()
  await stateIs(key, 'waiting')
  await relay.end()
  await start()
  await stateIs(key, 'logged')
  expect(hubspot.calls()).toHaveLength(1)
})
