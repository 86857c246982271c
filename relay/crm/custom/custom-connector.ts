import * as v from 'valibot'
import type { SpokenNumber } from '../../../shared/crm/crm-digits.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { type CrmApi, CrmFault } from '../api.ts'
import type { Connector, ConnectorAuth, CrmContact, RecordToWrite, Written } from '../connector.ts'
import { selectOnly } from '../connectors/contact.ts'
import { hasMarker } from '../connectors/html-body.ts'
import type { CrmFile, OperationName } from './crm-file.ts'
import { describeRequest } from './operation-request.ts'
import { renderAsText, selectPath, type Variables } from './template.ts'
import { type Asker, describeAsker, describeCall, describeSearch } from './variables.ts'

/** A CRM of one's own, as a file says it. Without `findCallLog` nobody can tell what became of a request without an answer. */
export function createCustomConnector(file: CrmFile, asker: Asker): Connector {
  const { meta = {}, operations } = file
  const displayName = meta.displayName || meta.name || 'the CRM'
  const common = describeAsker(file, asker)
  const ask = (api: CrmApi, name: OperationName, variables: Variables) =>
    carryOut(api, file, name, { ...common, ...variables })
  const describeWritten = (recordId: string, record: RecordToWrite): Written => {
    const url = writeAddress(meta.logPageUrl, { logId: recordId, contactId: record.contact?.id }, asker)
    return { recordId, ...(url !== undefined && { url }) }
  }

  return {
    name: 'custom',
    displayName,
    baseUrl: asker.baseUrl,
    auth: describeAuth(file, common, asker),
    // Nothing is known of its limits.
    budget: { requests: 60, perMs: MINUTE_MS },
    exactness: 'lookUp',

    async findContacts(api, number) {
      const answer = await ask(api, 'findContact', describeSearch(number))
      return readContacts(file, answer, number, asker)
    },

    async findOwner(api, email) {
      if (operations.getUserList === undefined) return undefined
      const { listPath = '', idPath, emailPath } = operations.getUserList.responseMapping ?? {}
      const users = readList(await ask(api, 'getUserList', {}), listPath, 'getUserList')
      const isOwner = (user: unknown) => readText(user, emailPath || 'email')?.toLowerCase() === email.toLowerCase()
      return selectOnly(users.filter(isOwner).flatMap((user) => readText(user, idPath || 'id') ?? []))
    },

    async write(api, record) {
      const answer = await ask(api, 'createCallLog', describeCall(record, meta.logFormat))
      const idPath = operations.createCallLog.responseMapping?.idPath || 'body.id'
      const recordId = readText(answer, idPath)
      // It has been written all the same, most likely.
      if (recordId === undefined) throw new CrmFault('away', { words: `Its answer has no id at ${idPath}.` })
      return describeWritten(recordId, record)
    },

    async lookUp(api, record) {
      if (operations.findCallLog === undefined) throw new CrmFault('refused', { words: writeUnknown(displayName) })
      const { listPath = 'body', item = {} } = operations.findCallLog.responseMapping ?? {}
      const found = readList(
        await ask(api, 'findCallLog', describeCall(record, meta.logFormat)),
        listPath,
        'findCallLog',
      )
      const same = found.find((one) => !item.fullBodyPath || hasMarker(readText(one, item.fullBodyPath), record.key))
      const recordId = readText(same, item.idPath || 'id')
      return recordId === undefined ? undefined : describeWritten(recordId, record)
    },

    ...(operations.updateCallLog !== undefined && {
      async updateNote(api: CrmApi, recordId: string, record: RecordToWrite) {
        const known = { thirdPartyLogId: recordId, existingCallLog: { thirdPartyLogId: recordId } }
        await ask(api, 'updateCallLog', { ...describeCall(record, meta.logFormat), ...known })
      },
    }),

    newContactUrl: () => undefined,
  }
}

function writeUnknown(displayName: string): string {
  return `There was no answer, and the file has no findCallLog: look in ${displayName} whether the call is there, and try again if it is not.`
}

async function carryOut(api: CrmApi, file: CrmFile, name: OperationName, variables: Variables): Promise<unknown> {
  const request = describeRequest(file, name, variables)
  if (request === undefined) throw new CrmFault('refused', { words: `The file has no ${name}.` })
  return { body: await api.request(v.unknown(), request) }
}

function describeAuth({ auth = {} }: CrmFile, common: Variables, { key }: Asker): ConnectorAuth {
  const { type, scheme, headerName, credentialTemplate, encode = 'base64', authUrl, tokenUrl, scope } = auth
  if (type === 'oauth' && key === undefined && authUrl !== undefined && tokenUrl !== undefined) {
    const scopes = scope?.split(/\s+/) ?? []
    return { oauth: { authorizeUrl: authUrl, tokenUrl, scopes, clientAuth: 'post', scheme: scheme || 'Bearer' } }
  }
  const header = headerName === undefined ? {} : { header: headerName.toLowerCase() }
  // What App Connect sends where the file does not say it.
  if (credentialTemplate === undefined) {
    const template = type === 'oauth' ? `${scheme || 'Bearer'} ${key}` : `Basic ${toBase64(`${key}:`)}`
    return { key: { ...header, template } }
  }
  const credential = renderAsText(credentialTemplate, common)
  const written = encode === 'none' ? credential : toBase64(credential)
  return { key: { ...header, template: scheme ? `${scheme} ${written}` : written } }
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function readContacts(file: CrmFile, answer: unknown, number: SpokenNumber, asker: Asker): readonly CrmContact[] {
  const { listPath, item = {} } = file.operations.findContact.responseMapping ?? {}
  return readList(answer, listPath || 'body', 'findContact').flatMap((one) => {
    const id = readText(one, item.idPath || 'id')
    if (id === undefined) return []
    const kind = readText(one, item.typePath || 'type') ?? 'Contact'
    const company = readText(one, item.companyPath || 'company')
    const phone = readText(one, item.phonePath || 'phone')
    const url = writeAddress(file.meta?.contactPageUrl, { contactId: id, contactType: kind }, asker)
    return {
      id,
      kind,
      name: readText(one, item.namePath || 'name') ?? phone ?? id,
      ...(company !== undefined && { company }),
      // An answer without numbers is believed: it was asked for this one.
      numbers: [phone ?? number.e164],
      ...(url !== undefined && { url }),
    }
  })
}

function readList(answer: unknown, path: string, name: OperationName): readonly unknown[] {
  const list = selectPath(answer, path) ?? []
  if (Array.isArray(list)) return list
  throw new CrmFault('refused', { words: `Its answer to ${name} has no array at ${path === '' ? 'its root' : path}.` })
}

function readText(value: unknown, path: string): string | undefined {
  const found = selectPath(value, path)
  const isText = (typeof found === 'string' && found.trim() !== '') || typeof found === 'number'
  return isText ? String(found) : undefined
}

/** An address as App Connect's manifest writes it, with names in single braces. */
function writeAddress(
  template: string | undefined,
  values: Readonly<Record<string, string | undefined>>,
  { baseUrl }: Asker,
): string | undefined {
  if (template === undefined) return undefined
  const hostname = URL.canParse(baseUrl) ? new URL(baseUrl).host : ''
  const address = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'hostname' ? hostname : encodeURIComponent(values[name] ?? ''),
  )
  return URL.canParse(address) ? address : undefined
}
