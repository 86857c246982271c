import { describe, expect, it } from 'vitest'
import { readGrants } from '../../../relay/ringcentral/grants.ts'

const grant = (id: number | string, flags: object) => ({ extension: { id, name: 'Somebody', type: 'User' }, ...flags })

describe('Grants', () => {
  it.each<[what: string, record: unknown, monitors: string[], runs: string[]]>([
    ['to listen', grant(104, { callMonitoring: true }), ['104'], []],
    ['to manage a queue', grant('7', { callQueueSetup: true }), [], ['7']],
    ["to manage a queue's members", grant('7', { callQueueMembersSetup: true }), [], ['7']],
    ['of another kind', grant(104, { callPickup: true, callMonitoring: false }), [], []],
    ['of a feature that is off', grant(104, {}), [], []],
    ['of odd flags', grant(104, { callMonitoring: 'yes' }), [], []],
    ['of nobody', { callMonitoring: true }, [], []],
    ['of no form', null, [], []],
  ])('%s', async (_what, record, monitors, runs) => {
    expect(await readGrants(async () => ({ records: [record, grant(1, { callMonitoring: true })] }))).toEqual({
      monitors: ['1', ...monitors],
      runs,
    })
  })

  it('are read to the last of five thousand, a thousand at a time', async () => {
    const paths: string[] = []
    const grants = await readGrants(async (path) => {
      paths.push(path)
      const page = Number(new URL(path, 'http://x').searchParams.get('page'))
      const records = Array.from({ length: 1000 }, (_, at) => grant(page * 1000 + at, { callMonitoring: true }))
      return { records, paging: { page, totalPages: 5 } }
    })
    expect(grants.monitors).toHaveLength(5000)
    expect(paths).toHaveLength(5)
    expect(paths[0]).toBe('/extension/~/grant?extensionType=User&extensionType=Department&page=1&perPage=1000')
  })

  it('end, however many pages there are said to be', async () => {
    let asked = 0
    await readGrants(async () => {
      asked += 1
      return { records: [], paging: { totalPages: Number.POSITIVE_INFINITY } }
    })
    expect(asked).toBe(100)
  })

  it('fail on an answer of another shape', async () => {
    await expect(readGrants(async () => ({ grants: [] }))).rejects.toThrow(/records/)
  })
})
