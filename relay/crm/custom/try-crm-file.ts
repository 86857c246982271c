import { isSpokenAs, type SpokenNumber } from '../../../shared/crm/crm-digits.ts'
import { CrmFault, type CrmRequest, createCrmApi } from '../api.ts'
import type { Connector, CrmContact, RecordToWrite } from '../connector.ts'
import type { CrmFile } from './crm-file.ts'
import { createCustomConnector } from './custom-connector.ts'
import { describeRequest } from './operation-request.ts'
import { createSampleCall } from './sample-call.ts'
import { type Asker, describeAsker, describeCall } from './variables.ts'

export interface TryOptions {
  readonly number: SpokenNumber
  readonly asker: Asker
  readonly nowMs: number
  readonly fetch?: typeof globalThis.fetch
  readonly print: (line: string) => void
}

/** An answer may be a page, or a thousand contacts. */
const MAX_SHOWN = 4000
const SECRET = '(not-shown)'

/**
 * Asks the CRM of a file for a number, and says what it asked, what came back and whom it takes that for; then what it would write, which
 * is not sent. Secrets are not shown, wherever they stand. Resolves with whether the CRM answered as the file says.
 */
export async function tryCrmFile(file: CrmFile, options: TryOptions): Promise<boolean> {
  const { number, asker, fetch = globalThis.fetch, nowMs, print } = options
  const connector = createCustomConnector(file, asker)
  const hide = createHiding(file, connector, asker)
  const show = (text: string) => print(hide(text))
  const api = createCrmApi({
    baseUrl: asker.baseUrl,
    authorize: async () => readLogin(connector),
    takeTurn: async () => {},
    async fetch(url, init) {
      showHead(String(init?.method), new URL(String(url)), new Headers(init?.headers), show)
      const response = await fetch(url, init)
      show(`It answered ${response.status}:`)
      // Cut afterwards, or half a secret would be left.
      show(indent(hide(await response.clone().text()).slice(0, MAX_SHOWN)))
      return response
    },
  })
  try {
    const contacts = await connector.findContacts(api, number)
    showContacts(contacts, number, show)
    const record = createSampleCall(number, { contact: contacts.find((one) => isOf(one, number)), nowMs })
    showWriting(file, connector, { record, asker, show })
    return true
  } catch (fault) {
    if (!(fault instanceof CrmFault)) throw fault
    show(`${fault.message}: ${fault.words}`)
    return false
  }
}

function showContacts(contacts: readonly CrmContact[], number: SpokenNumber, show: (line: string) => void): void {
  const count = contacts.length === 1 ? '1 contact' : `${contacts.length} contacts`
  show(`The file takes that for ${count}${contacts.length === 0 ? '.' : ':'}`)
  for (const { id, kind, name, company, numbers, url } of contacts) {
    const parts = [name, company, `${kind} ${id}`, numbers.join(', '), url].filter((part) => part !== undefined)
    show(`  ${parts.join(' | ')}${isOf({ numbers }, number) ? '' : ' (another number: left out)'}`)
  }
}

function isOf({ numbers }: Pick<CrmContact, 'numbers'>, number: SpokenNumber): boolean {
  return numbers.some((one) => isSpokenAs(number, one))
}

interface Writing {
  readonly record: RecordToWrite
  readonly asker: Asker
  readonly show: (line: string) => void
}

function showWriting(file: CrmFile, connector: Connector, { record, asker, show }: Writing): void {
  const variables = { ...describeAsker(file, asker), ...describeCall(record, file.meta?.logFormat) }
  const request = describeRequest(file, 'createCallLog', variables)
  if (request === undefined) return
  show('A call of 89.5 s would be written so, which is not sent now:')
  showRequest(request, connector, asker, show)
  if (file.operations.findCallLog !== undefined) return
  show('There is no findCallLog: a call whose writing got no answer waits for a person.')
}

function showRequest(
  { method, path, query = {}, headers = {}, body }: CrmRequest,
  connector: Connector,
  { baseUrl }: Asker,
  show: (line: string) => void,
): void {
  const url = new URL(baseUrl + path)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value)
  showHead(method, url, new Headers({ ...headers, ...readLogin(connector) }), show)
  if (body !== undefined) show(indent(JSON.stringify(body, hideByName, 2)))
}

/** Headers in which there is never a secret are few; of the others only the names are shown. */
const OPEN_HEADERS = ['accept', 'content-type']
const SECRET_NAMES = /key|token|secret|passw|auth|sig/i

function showHead(method: string, url: URL, headers: Headers, show: (line: string) => void): void {
  const shown = new URL(url)
  for (const name of url.searchParams.keys()) if (SECRET_NAMES.test(name)) shown.searchParams.set(name, SECRET)
  show(`${method} ${shown}`)
  for (const [name, value] of headers) show(`  ${name}: ${OPEN_HEADERS.includes(name) ? value : SECRET}`)
}

/** A file may have a secret written out. */
function hideByName(name: string, value: unknown): unknown {
  return typeof value === 'string' && SECRET_NAMES.test(name) ? SECRET : value
}

function readLogin({ auth: { key } }: Connector): Readonly<Record<string, string>> {
  return key === undefined ? {} : { [key.header ?? 'authorization']: key.template }
}

/** Puts a mark in the place of each secret, also where it is written as addresses or base64 have it. */
function createHiding({ secretKey }: CrmFile, connector: Connector, { key }: Asker): (text: string) => string {
  const login = connector.auth.key?.template.split(' ').at(-1)
  const secrets = [login, key, secretKey].flatMap((secret) => (secret === undefined || secret === '' ? [] : [secret]))
  const spelled = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ a: secret }).toString().slice(2),
    Buffer.from(secret).toString('base64'),
    JSON.stringify(secret).slice(1, -1),
  ])
  const longestFirst = [...new Set(spelled)].toSorted((a, b) => b.length - a.length)
  return (text) => longestFirst.reduce((rest, secret) => rest.replaceAll(secret, SECRET), text)
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ')
}
