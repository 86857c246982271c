import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { GrantedExtension } from '../grants.ts'
import { type Platform, startPlatform } from '../platform.ts'
import { logIn, refusalOf, signIn } from '../test-client.ts'

/** What the platform tells of who may do what, and of whom and what there is: the questions of a board. */

const BEA = '400102'
const INES = '400101'
const ACCOUNT = '/restapi/v1.0/account/~'
const GRANTS = `${ACCOUNT}/extension/~/grant`

let platform: Platform
let ines: Awaited<ReturnType<typeof signIn>>
let bea: Awaited<ReturnType<typeof signIn>>
const stops: (() => void)[] = []

beforeAll(async () => {
  platform = await startPlatform({ tidy: true, rateLimits: { Light: 1000, Medium: 1000 } })
  ines = await signIn(platform, INES)
  bea = await signIn(platform, BEA)
})
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})
afterAll(() => platform.close())

const read = async (path: string, sdk = ines) => (await sdk.get(path)).json()
const groupOf = async (path: string) => (await ines.get(path)).headers.get('x-rate-limit-group')

test('a supervisor may listen to the agents of a queue and runs it, an agent nothing', async () => {
  const { records, paging } = await read(GRANTS)
  expect(records).toMatchObject([
    { extension: { id: '400102', extensionNumber: '102', name: 'Bea Lindqvist', type: 'User' }, callMonitoring: true },
    { extension: { id: '400104' }, callMonitoring: true, callQueueSetup: false, callPickup: false },
    { extension: { id: '400103' }, callMonitoring: true },
    { extension: { id: '400195', name: 'Sales', type: 'Department' }, callMonitoring: false, callQueueSetup: true },
  ])
  expect(paging).toMatchObject({ page: 1, totalPages: 1, totalElements: 4 })
  expect((await read(GRANTS, bea)).records).toEqual([])
})

test('grants are asked for by kind of extension', async () => {
  const ids = async (query: string) =>
    (await read(`${GRANTS}?${query}`)).records.map(({ extension }: { extension: GrantedExtension }) => extension.id)
  expect(await ids('extensionType=Department')).toEqual(['400195'])
  expect(await ids('extensionType=User&extensionType=Department')).toHaveLength(4)
})

test('a grant can be taken and given while the platform runs', async () => {
  const mayListenTo = async () =>
    (await read(GRANTS)).records.flatMap(
      ({ callMonitoring, extension }: { callMonitoring: boolean; extension: GrantedExtension }) =>
        callMonitoring ? [extension.id] : [],
    )
  const giveBack = platform.grants.take(INES, 'callMonitoring', BEA)
  expect(await mayListenTo()).toEqual(['400104', '400103'])
  stops.push(platform.grants.take(INES, 'callMonitoring'))
  expect(await mayListenTo()).toEqual([])
  stops.push(platform.grants.give(INES, 'callMonitoring', [INES]))
  expect(await mayListenTo()).toEqual([INES])
  for (const stop of stops.splice(0)) stop()
  giveBack()
  expect(await mayListenTo()).toEqual(['400102', '400104', '400103'])
  expect(() => platform.grants.give(INES, 'callMonitoring', ['1'])).toThrow(RangeError)
})

test('five thousand grants come in pages', async () => {
  const many = Array.from({ length: 5000 }, (_, index): GrantedExtension => {
    const extensionNumber = String(10_000 + index)
    return { id: `9${extensionNumber}`, extensionNumber, name: `Agent ${extensionNumber}`, type: 'User' }
  })
  stops.push(platform.grants.give(BEA, 'callMonitoring', many))
  const ids = new Set<string>()
  let next: string | undefined = `${GRANTS}?perPage=1000`
  let pages = 0
  while (next !== undefined) {
    const page: { records: { extension: GrantedExtension }[]; navigation: { nextPage?: { uri: string } } } = await read(
      next,
      bea,
    )
    for (const { extension } of page.records) ids.add(extension.id)
    next = page.navigation.nextPage?.uri.replace(platform.url, '')
    pages += 1
  }
  expect([pages, ids.size]).toEqual([5, 5000])
  expect((await read(`${GRANTS}?page=50`, bea)).records).toHaveLength(100)
  expect((await read(`${GRANTS}?page=51`, bea)).records).toEqual([])
})

test.each(['page=0', 'page=x', 'perPage=1001'])('an odd page is refused: %s', async (query) => {
  expect(await refusalOf(ines.get(`${GRANTS}?${query}`))).toEqual({ status: 400, errorCode: 'CMN-101' })
})

test('the grants of others are for administrators, and all are for who may read them', async () => {
  const path = `${ACCOUNT}/extension/${INES}/grant`
  expect(await refusalOf(bea.get(path))).toEqual({ status: 403, errorCode: 'CMN-408' })
  expect((await read(path, await logIn(platform))).records).toHaveLength(4)
  stops.push(platform.misbehave.takePermission('ReadExtensionGrant', INES))
  expect(await refusalOf(ines.get(GRANTS))).toEqual({ status: 403, errorCode: 'CMN-408' })
  stops.push(platform.misbehave.takeScope('ReadAccounts'))
  expect(await refusalOf(ines.get(GRANTS))).toEqual({ status: 403, errorCode: 'CMN-401' })
})

test('where call monitoring is switched off, its flag is left out', async () => {
  stops.push(platform.misbehave.takeFeature('CallMonitoring', 'AccountLimitation'))
  const { records } = await read(GRANTS)
  expect(records[0]).not.toHaveProperty('callMonitoring')
  expect(records[0]).toHaveProperty('callQueueSetup', false)
})

test('a queue tells its members, its service level, and how it is set', async () => {
  const { records } = await read(`${ACCOUNT}/call-queues`)
  expect(records).toMatchObject([{ id: '400195', extensionNumber: '195', name: 'Sales', status: 'Enabled' }])
  expect(await read(`${ACCOUNT}/call-queues/400195`)).toMatchObject({
    id: '400195',
    serviceLevelSettings: {
      slaGoal: 80,
      slaThresholdSeconds: 30,
      includeAbandonedCalls: true,
      abandonedThresholdSeconds: 5,
    },
  })
  expect((await read(`${ACCOUNT}/call-queues/400195/members`)).records).toMatchObject([
    { id: 400102, extensionNumber: '102' },
    { id: 400104, extensionNumber: '104' },
    { id: 400103, extensionNumber: '103' },
  ])
  expect(await read(`${ACCOUNT}/extension/400195/answering-rule/business-hours-rule`)).toMatchObject({
    callHandlingAction: 'AgentQueue',
    queue: { transferMode: 'Simultaneous', agentTimeout: 20, wrapUpTime: 15, holdTime: 900, maxCallers: 25 },
  })
  expect(await read(`${ACCOUNT}/extension/400195`)).toMatchObject({ id: 400195, type: 'Department', name: 'Sales' })
})

test.each([
  ['/call-queues/400102', 404, 'CMN-102'],
  ['/call-queues/1/members', 404, 'CMN-102'],
  ['/extension/400102/answering-rule/business-hours-rule', 404, 'CMN-102'],
])('what is no queue is not found: %s', async (path, status, errorCode) => {
  expect(await refusalOf(ines.get(ACCOUNT + path))).toEqual({ status, errorCode })
})

test('the directory names people and queues of the account, and nobody else', async () => {
  const { records, paging } = await read(`${ACCOUNT}/directory/entries`)
  expect(records).toContainEqual(
    expect.objectContaining({ id: BEA, type: 'User', firstName: 'Bea', lastName: 'Lindqvist', extensionNumber: '102' }),
  )
  expect(records).toContainEqual(expect.objectContaining({ id: '400195', type: 'Department', name: 'Sales' }))
  expect(JSON.stringify(records)).not.toContain('Fremd')
  expect(paging).toMatchObject({ perPage: 1000, totalElements: records.length })
  expect((await read(`${ACCOUNT}/directory/entries?type=Department`)).records).toHaveLength(1)
})

test('the directory fails on demand, and comes back', async () => {
  const stop = platform.misbehave.answerRequests('directory', { status: 503 })
  expect(await refusalOf(ines.get(`${ACCOUNT}/directory/entries`))).toMatchObject({ status: 503 })
  stop()
  expect((await ines.get(`${ACCOUNT}/directory/entries`)).status).toBe(200)
})

test('the phones of a person: on the desk, and apart from them the app in a browser; each may be offline', async () => {
  const [path, webPath] = [`${ACCOUNT}/extension/~/device`, `${ACCOUNT}/extension/~/webapp-devices`]
  expect((await read(path)).records).toMatchObject([{ id: '400801', type: 'HardPhone', status: 'Online' }])
  expect((await read(webPath)).records).toMatchObject([
    { id: '400821', type: 'WebPhone', serial: 'Ines_Moreau_Browser', status: 'Online' },
  ])
  expect((await read(webPath, bea)).records).toEqual([])
  stops.push(platform.misbehave.unplugPhone('400801'))
  expect((await read(path)).records).toMatchObject([{ id: '400801', status: 'Offline' }])
})

test('an extension tells the features it lacks, and why', async () => {
  const find = async () => {
    const { serviceFeatures } = await read(`${ACCOUNT}/extension/~`)
    return serviceFeatures.find(({ featureName }: { featureName: string }) => featureName === 'CallSupervision')
  }
  expect(await find()).toEqual({ featureName: 'CallSupervision', enabled: true })
  stops.push(platform.misbehave.takeFeature('CallSupervision', 'ExtensionLimitation', INES))
  expect(await find()).toEqual({ featureName: 'CallSupervision', enabled: false, reason: 'ExtensionLimitation' })
})

test('each counts in its rate group', async () => {
  const light = [GRANTS, `${ACCOUNT}/call-queues/400195`, `${ACCOUNT}/call-queues/400195/members`]
  const medium = [`${ACCOUNT}/call-queues`, `${ACCOUNT}/directory/entries`, `${ACCOUNT}/extension/~/webapp-devices`]
  for (const path of light) expect(await groupOf(path)).toBe('light')
  for (const path of medium) expect(await groupOf(path)).toBe('medium')
})
