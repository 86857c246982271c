import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { CRM_FILE_USAGE, runCrmFileCommand } from '../../../relay/command-line/crm-file-command.ts'
import { BIKE_SHOP_MANNER } from '../../crm-stand-ins/bike-shop.ts'
import { startCrm } from '../../crm-stand-ins/stand-in.ts'

const SHOP = new URL('../../crm-stand-ins/bike-shop-crm.json', import.meta.url).pathname

async function run(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const printed: string[] = []
  const complaints: string[] = []
  const code = await runCrmFileCommand(words, environment, {
    print: (line) => void printed.push(line),
    complain: (line) => void complaints.push(line),
  })
  return { code, printed, complaints }
}

it('says how it is used', async () => {
  expect(await run([])).toEqual({ code: 0, printed: [CRM_FILE_USAGE], complaints: [] })
  expect(await run(['try', '--help'])).toMatchObject({ code: 0, printed: [CRM_FILE_USAGE] })
})

it.each([
  [['check'], 'check should be followed by one file of a CRM: npm run crm -- check FILE.'],
  [['try', SHOP], /^try should be followed by one file of a CRM and a number/],
  [['try', SHOP, '--number', '102'], /^--number should be a number with its country/],
  [['write', SHOP], 'There is no command "write": it should be check FILE, try FILE --number NUMBER or --help.'],
])('refuses %j', async (words, sentence) => {
  const { code, complaints } = await run(words)
  expect(code).toBe(1)
  expect(complaints).toEqual([expect.stringMatching(sentence)])
})

it('checks a file', async () => {
  expect(await run(['check', SHOP])).toEqual({ code: 0, printed: [`${SHOP} is in order.`], complaints: [] })
  expect(await run(['check', 'nothing.json'])).toMatchObject({
    code: 1,
    complaints: [expect.stringContaining(':1:1: ')],
  })
})

it('has an example in docs/CRM.md that is in order', async () => {
  const page = await readFile(new URL('../../../docs/CRM.md', import.meta.url), 'utf8')
  const [, example = ''] = /```json\n([^`]*)```/.exec(page) ?? []
  const folder = await mkdtemp(join(tmpdir(), 'ringside-crm-'))
  await writeFile(join(folder, 'crm.json'), example)
  expect(await run(['check', join(folder, 'crm.json')])).toMatchObject({ code: 0, complaints: [] })
  await rm(folder, { recursive: true })
})

it('tries a file, with the address and the key of the settings', async () => {
  const standIn = await startCrm(BIKE_SHOP_MANNER)
  // The file asks for https, and a stand-in has none.
  const folder = await mkdtemp(join(tmpdir(), 'ringside-crm-'))
  const path = join(folder, 'crm.json')
  await writeFile(path, (await readFile(SHOP, 'utf8')).replace('https://{{user.hostname}}', 'http://{{user.hostname}}'))
  const words = ['try', path, '--number', '+1 408 555 0123']
  expect((await run(words, { RELAY_CRM_URL: standIn.url })).complaints).toEqual([
    expect.stringMatching(/^RELAY_CRM_KEY is missing/),
  ])
  expect((await run(words, { RELAY_CRM_KEY: standIn.key })).complaints).toEqual([
    expect.stringMatching(/^RELAY_CRM_URL is missing/),
  ])
  const { code, printed } = await run(words, { RELAY_CRM_URL: standIn.url, RELAY_CRM_KEY: standIn.key })
  expect(code).toBe(0)
  expect(printed.join('\n')).toContain('Ada Winter | Harbor Couriers')
  expect(printed.join('\n')).not.toContain(standIn.key)
  await standIn.close()
  await rm(folder, { recursive: true })
})
