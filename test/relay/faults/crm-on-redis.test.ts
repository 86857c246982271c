import { parse } from 'valibot'
import { afterEach, beforeEach, describe, expect } from 'vitest'
import { type CrmRecordJson, crmRecordsAnswer } from '../../../shared/protocol/http/crm.ts'
import { type HubSpotStandIn, startHubSpot } from '../../crm-stand-ins/hubspot.ts'
import { eventually } from '../../support/eventually.ts'
import { itWhere } from '../../support/it-with.ts'
import { EXTENSION_ORIGIN } from '../support/extension-address.ts'
import { LACKS_REDIS } from '../support/redis-server.ts'
import type { RelayProcess } from '../support/relay-process.ts'
import { type RedisScene, startRedisScene } from './redis-scene.ts'

/** Two relays on one Redis with one CRM: only the owner writes, and what it had begun another ends. */

const itOnRedis = itWhere(LACKS_REDIS === undefined, LACKS_REDIS ?? '')

const BEA = '400102'
const ADA = '+14085550123'

let scene: RedisScene
let hubspot: HubSpotStandIn
beforeEach(async () => {
  if (LACKS_REDIS !== undefined) return
  hubspot = await startHubSpot()
  hubspot.addContact({ firstname: 'Ada', lastname: 'Winter', phone: ADA })
  const environment = {
    RELAY_CRM: 'hubspot',
    RELAY_CRM_URL: hubspot.url,
    RELAY_CRM_KEY: hubspot.key,
    RELAY_CRM_WAIT_S: '0',
  }
  scene = await startRedisScene({ environment })
})
afterEach(async () => {
  await scene?.close()
  await hubspot?.close()
})

async function talk(): Promise<string> {
  const call = scene.platform.placeCall({ from: ADA, to: BEA })
  await eventually(() => call.answer())
  call.hangUp('caller')
  await call.settled()
  return call.telephonySessionId
}

async function readRecords(url: string): Promise<readonly CrmRecordJson[]> {
  const headers = { origin: EXTENSION_ORIGIN, authorization: `Bearer ${scene.agent.token}` }
  const answer = await (await fetch(`${url}/v1/crm/records`, { headers })).json()
  return parse(crmRecordsAnswer, answer).records
}

const isLogged = (url: string, ...keys: readonly string[]) =>
  eventually(async () => {
    const logged = (await readRecords(url)).filter(({ state }) => state === 'logged').map(({ key }) => key)
    expect(logged.toSorted()).toEqual(keys.toSorted())
  })

const owner = () => eventually(() => scene.owner() ?? expect.fail('nobody is the owner'))
const other = ({ pid }: RelayProcess): RelayProcess =>
  scene.relays.find((relay) => relay.pid !== pid) ?? expect.fail('there is no other relay')
const writes = () =>
  hubspot.requests().filter(({ method, path }) => method === 'POST' && /\/objects\/.*\/calls$/.test(path))

itOnRedis('only the owner writes, and both tell of it', async () => {
  const keys = [await talk(), await talk(), await talk()]
  for (const { url } of scene.relays) await isLogged(url, ...keys)
  expect(writes()).toHaveLength(keys.length)
  expect(hubspot.duplicates()).toBe(0)
})

describe('[K1] another becomes the owner while a record is being written', () => {
  itOnRedis.each([
    ['dies', 'SIGKILL'],
    ['is paused, and wakes afterwards', 'SIGSTOP'],
  ] as const)('because the owner %s', async (_, signal) => {
    const goOn = hubspot.misbehave.holdWrites()
    const key = await talk()
    await eventually(() => expect(hubspot.misbehave.heldWrites()).toBe(1))
    const first = await owner()
    const second = other(first)
    first.signal(signal)
    await eventually(() => expect(scene.owner()?.pid).toBe(second.pid))
    goOn()
    await isLogged(second.url, key)
    first.signal('SIGCONT')
    const next = await talk()
    await isLogged(second.url, key, next)
    if (signal === 'SIGSTOP') await isLogged(first.url, key, next)
    expect(hubspot.calls()).toHaveLength(2)
    expect(hubspot.duplicates()).toBe(0)
  })
})
