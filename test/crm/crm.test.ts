import { afterAll, beforeAll, expect, test } from 'vitest'
import { EXTERNAL_CALLERS } from '../platform/people.ts'
import { CONTACTS } from './contacts.ts'
import { type Crm, startCrm } from './crm.ts'

let crm: Crm
beforeAll(async () => {
  crm = await startCrm()
})
afterAll(() => crm.close())

async function read(path: string): Promise<{ status: number; policy: string | null; html: string }> {
  const response = await fetch(`${crm.url}${path}`)
  return {
    status: response.status,
    policy: response.headers.get('content-security-policy'),
    html: await response.text(),
  }
}

test('the contacts are the outside callers of the phone page', () => {
  expect(CONTACTS.map(({ name, phone }) => ({ name, phoneNumber: phone }))).toEqual(
    EXTERNAL_CALLERS.filter(({ phoneNumber }) => phoneNumber !== undefined),
  )
})

test('the list links to each record and each number', async () => {
  const { html } = await read('/contacts')
  for (const { slug, phone, name } of CONTACTS) {
    expect(html).toContain(`href="/contacts/${slug}">${name}</a>`)
    expect(html).toContain(`href="tel:${phone}"`)
  }
})

test('the list can be searched by name, company and number', async () => {
  for (const query of ['grace', 'okonkwo cycles', '%2B1206']) {
    const { html } = await read(`/contacts?q=${query}`)
    expect(html).toContain('1 contact<')
    expect(html).toContain('href="tel:+12065550147"')
    expect(html).not.toContain('href="tel:+14085550123"')
  }
})

test.each(CONTACTS.map(({ slug, phone, mobileText }) => [slug, phone, mobileText]))(
  'the record of %s has a link, a plain number and a read-only field',
  async (slug, phone, mobileText) => {
    const { status, policy, html } = await read(`/contacts/${slug}`)
    expect(status).toBe(200)
    expect(policy).toBeNull()
    expect(html).toContain(`<a href="tel:${phone}">`)
    expect(html).toContain(`>${mobileText}<`)
    expect(html).toMatch(new RegExp(`<input[^>]* type="tel" value="\\${phone}" readonly`))
  },
)

test('the strict record is the same page under a strict policy, with nothing inline', async () => {
  const { policy, html } = await read('/strict/contacts/ada-winter')
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
  expect(policy).toContain("require-trusted-types-for 'script'; trusted-types 'none'")
  expect(html.replaceAll('"/strict/', '"/')).toBe((await read('/contacts/ada-winter')).html)
  expect(html).not.toMatch(/ style=| on[a-z]+=|<style|javascript:/)
  expect([...html.matchAll(/<script[^>]*>([^<]*)<\/script>/g)].map(([, code]) => code)).toEqual([''])
})

test('a record that there is not is a page that says so', async () => {
  const { status, html } = await read('/contacts/nobody')
  expect(status).toBe(404)
  expect(html).toContain('There is no such record.')
})

test('style, script and icon are served', async () => {
  const statuses = await Promise.all(['crm.css', 'crm.js', 'icon.svg'].map((name) => read(`/assets/${name}`)))
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200])
})
