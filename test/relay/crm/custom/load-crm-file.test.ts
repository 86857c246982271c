import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type LoadedCrmFile, loadCrmFile } from '../../../../relay/crm/custom/load-crm-file.ts'

const SHOP = new URL('../../../crm-stand-ins/bike-shop-crm.json', import.meta.url).pathname

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-crm-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('reads a file in the form of App Connect as it is, with what the relay has no use for', async () => {
  const { file, faults } = await loadCrmFile(SHOP)
  expect(faults).toEqual([])
  expect(file?.meta?.displayName).toBe('Bike Shop CRM')
  expect(file?.operations.createCallLog.method).toBe('POST')
})

it.each([
  ['what is no JSON', '"method": "GET",', '"method" "GET",', ['27:16: there should be a colon here']],
  [
    'a method that there is not',
    '"method": "PUT"',
    '"method": "UPDATE"',
    ['64:17: operations.updateCallLog.method should be GET, POST, PUT, PATCH or DELETE'],
  ],
  [
    'an operation that there is not',
    '"createMessageLog"',
    '"createMesageLog"',
    [
      '72:5: a name in operations is not known: it should be one of findContact, createCallLog, updateCallLog, getUserList, findCallLog, getUserInfo, findContactWithName, createContact, getCallLog, upsertCallDisposition, createMessageLog, updateMessageLog, getLicenseStatus, unAuthorize',
    ],
  ],
  [
    'a part of an operation that there is not',
    '"query": {',
    '"params": {',
    [
      '34:7: a name in operations.findContact is not known: it should be one of method, url, headers, query, body, auth, responseMapping',
    ],
  ],
  [
    'an operation that is missing',
    '"createCallLog": {',
    '"getCallLog": {',
    [
      '25:17: operations.createCallLog is missing: it should be an object with url, and with method, headers, query, body and responseMapping as needed',
    ],
  ],
  [
    'a path that is none',
    '"idPath": "body.activity.id"',
    '"idPath": 7',
    ['61:56: operations.createCallLog.responseMapping.idPath should be a path like body.id'],
  ],
  [
    'a variable that there is not',
    '{{composedLogDetails}}",\n        "start',
    '{{composedDetails}}",\n        "start',
    [
      expect.stringMatching(
        /^53:24: operations\.createCallLog\.body\.description should name only apiKey, .*composedLogDetails/,
      ),
    ],
  ],
  [
    'a variable of another operation',
    '"{{phoneNumber}}"',
    '"{{contactInfo.phoneNumber}}"',
    [
      expect.stringMatching(
        /^34:27: operations\.findContact\.query\.phone should name only .*phoneNumber, parsedPhoneNumber/,
      ),
    ],
  ],
  [
    'braces that are left over',
    '"{{subject}}",\n        "desc',
    '"{{subject}",\n        "desc',
    ['52:20: operations.createCallLog.body.subject should have {{ and }} around names only, like {{contactInfo.id}}'],
  ],
  [
    'requests to somebody else',
    '"url": "/contacts"',
    '"url": "https://elsewhere.example/contacts"',
    ['33:14: operations.findContact.url should be a path, or an address that begins with requestDefaults.baseUrl'],
  ],
  [
    'an address that is none',
    'https://{{user.hostname}}/api',
    'shop',
    ['17:16: requestDefaults.baseUrl should be an address like https://api.example.com/v1'],
  ],
  [
    'a login without addresses',
    '"type": "apiKey"',
    '"type": "oauth"',
    [
      '9:11: auth.authUrl is missing: it should be an address, for type is oauth',
      '9:11: auth.tokenUrl is missing: it should be an address, for type is oauth',
    ],
  ],
])('names %s, by line and column', async (_what, before, after, faults) => {
  const loaded = await load((await readFile(SHOP, 'utf8')).replace(before, after))
  expect(loaded.file).toBeUndefined()
  expect(loaded.faults).toEqual(faults)
})

it('says what is no file', async () => {
  const { faults } = await loadCrmFile(join(folder, 'nothing.json'))
  expect(faults).toEqual([
    `${join(folder, 'nothing.json')}:1:1: the file of the CRM should be a file, but there is none`,
  ])
})

it('never repeats what the file says', async () => {
  const { faults } = await load(
    '{ "secretKey": 17, "auth": { "type": "very-secret" }, "requestDefaults": "very-secret" }',
  )
  expect(faults.length).toBeGreaterThan(2)
  expect(faults.join('\n')).not.toContain('very-secret')
})

/** Faults are told without the path of the file. */
async function load(text: string): Promise<LoadedCrmFile> {
  const path = join(folder, 'crm.json')
  await writeFile(path, text)
  const loaded = await loadCrmFile(path)
  return { ...loaded, faults: loaded.faults.map((fault) => fault.replace(`${path}:`, '')) }
}
