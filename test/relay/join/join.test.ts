import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createJoinRoutes, type JoinDependencies } from '../../../relay/join/routes.ts'
import { EXTENSION_ID } from '../../../shared/extension-key.ts'

const STORE_ID = 'abcdefghijklmnopabcdefghijklmnop'

type Settings = JoinDependencies['settings']

const nothingSaid: Settings = {
  company: undefined,
  sites: [],
  installUrl: undefined,
  extensionIds: [EXTENSION_ID],
}

async function ask(path: string, settings: Partial<Settings> = {}, headers: Record<string, string> = {}) {
  const routes = createJoinRoutes({
    settings: { ...nothingSaid, ...settings },
    publicUrl: 'https://relay.example.com',
  })
  return routes.request(path, { headers })
}

const readPage = async (settings?: Partial<Settings>, headers?: Record<string, string>) =>
  (await ask('/join', settings, headers)).text()

describe('the page of an invitation', () => {
  it('names the company, leads to the store and has the link to carry over', async () => {
    const page = await readPage({ company: 'Northwind', extensionIds: [EXTENSION_ID, STORE_ID] })
    expect(page).toContain('<h1>Northwind invites you to Ringside</h1>')
    expect(page).toContain(`href="https://chromewebstore.google.com/detail/${STORE_ID}"`)
    expect(page).toContain('value="https://relay.example.com/join"')
  })

  it('leads to where the company says the extension is', async () => {
    const page = await readPage({ installUrl: 'https://intranet.example.com/ringside', extensionIds: [STORE_ID] })
    expect(page).toContain('href="https://intranet.example.com/ringside"')
    expect(page).not.toContain('chromewebstore')
  })

  it('leads nowhere where the extension is in no store, and says who has it', async () => {
    const page = await readPage()
    expect(page).not.toContain('href=')
    expect(page).toContain('Your administrator gives you the extension')
    expect(page).toContain('<h1>You are invited to Ringside</h1>')
  })

  it.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de', 'Northwind lädt Sie zu Ringside ein'],
    ['fr-FR,fr;q=0.9', 'en', 'Northwind invites you to Ringside'],
    ['fr, de;q=0.5', 'de', 'Northwind lädt Sie zu Ringside ein'],
  ])('is in the language that the browser asks for: %s', async (asked, language, title) => {
    const page = await readPage({ company: 'Northwind' }, { 'accept-language': asked })
    expect(page).toContain(`<html lang="${language}">`)
    expect(page).toContain(title)
  })

  it('shows a name as text', async () => {
    const page = await readPage({ company: '<b>Salt & "Pepper"</b>' })
    expect(page).toContain('<h1>&lt;b&gt;Salt &amp; &quot;Pepper&quot;&lt;/b&gt; invites you to Ringside</h1>')
    expect(page).not.toContain('<b>')
  })

  it('comes with the headers that keep it harmless, and runs its own script alone', async () => {
    const response = await ask('/join')
    expect(response.status).toBe(200)
    const policy = response.headers.get('content-security-policy') ?? ''
    for (const part of ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(part)
    }
    const script = /<script>([\s\S]*)<\/script>/.exec(await response.text())?.[1] ?? ''
    const hash = createHash('sha256').update(script).digest('base64')
    expect(policy).toContain(`script-src 'sha256-${hash}';`)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('vary')).toBe('accept-language')
  })
})

describe('what the extension is told', () => {
  it('is the company and its sites', async () => {
    const response = await ask('/v1/invitation', { company: 'Northwind', sites: ['https://crm.example.com'] })
    expect(await response.json()).toEqual({ company: 'Northwind', sites: ['https://crm.example.com'] })
  })

  it('is nothing where nobody said anything', async () => {
    expect(await (await ask('/v1/invitation')).json()).toEqual({ company: '', sites: [] })
  })
})
