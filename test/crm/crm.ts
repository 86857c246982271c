import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { listen } from '../platform/listen.ts'
import { CONTACTS, type Contact, searchContacts } from './contacts.ts'
import { type Base, renderContact, renderContactList, renderMissing } from './pages.ts'

export interface CrmOptions {
  /** A loopback address; 127.0.0.1 unless given. */
  readonly host?: string
  /** 0, unless given, takes a free port. */
  readonly port?: number
  /** The calls that were written of a contact, the latest first; none unless given. */
  readonly callsOf?: (contact: Contact) => readonly WrittenCall[]
}

/** A call as the CRM was given it. */
export interface WrittenCall {
  readonly id: string
  readonly title: string
  /** Line by line. */
  readonly lines: readonly string[]
}

export interface Crm {
  /** `http://127.0.0.1:NNNN`, without a slash at the end. */
  readonly url: string
  close(): Promise<void>
}

/** As strict as a careful CRM gets: no inline code or style, nothing from elsewhere, and no text turned into markup. */
const STRICT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const ASSETS = {
  'crm.css': 'text/css; charset=utf-8',
  'crm.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const

/** Starts the sample CRM: a contact list and records, and the same again under `/strict` with a strict policy. */
export function startCrm({ host = '127.0.0.1', port = 0, callsOf = () => [] }: CrmOptions = {}): Promise<Crm> {
  const app = new Hono()
  app.get('/', (c) => c.redirect('/contacts'))
  for (const [name, contentType] of Object.entries(ASSETS)) {
    app.get(`/assets/${name}`, async (c) => {
      const text = await readFile(new URL(`./assets/${name}`, import.meta.url), 'utf8')
      return c.body(text, 200, { 'content-type': contentType, 'cache-control': 'no-cache' })
    })
  }
  app.get('/contacts/:slug/calls', (c) => {
    const contact = CONTACTS.find(({ slug }) => slug === c.req.param('slug'))
    return c.json(contact === undefined ? [] : callsOf(contact), 200, { 'cache-control': 'no-store' })
  })
  app.use('/strict/*', async function sendStrictPolicy(c, next) {
    await next()
    c.header('content-security-policy', STRICT_POLICY)
  })
  app.route('/', createPages(''))
  app.route('/strict', createPages('/strict'))
  return listen(app, { host, port })
}

function createPages(base: Base): Hono {
  const pages = new Hono()
  pages.get('/contacts', (c) => {
    const query = c.req.query('q') ?? ''
    return c.html(renderContactList(base, searchContacts(query), query))
  })
  pages.get('/contacts/:slug', (c) => {
    const contact = CONTACTS.find(({ slug }) => slug === c.req.param('slug'))
    return contact === undefined ? c.html(renderMissing(base), 404) : c.html(renderContact(base, contact))
  })
  return pages
}
