import { describe, expect, it } from 'vitest'
import { checkTemplate, fillTemplate } from '../../../../entrypoints/lib/crm/template.ts'

const VALUES = {
  origin: 'https://crm.example.com',
  e164: '+14085550123',
  national: '(408) 555-0123',
  digits: '4085550123',
  name: 'Ada & Søn',
  portal: '42',
  appid: undefined,
}

describe('fillTemplate', () => {
  const rows: readonly (readonly [template: string, address: string | undefined])[] = [
    ['{origin}/search?q={digits}', 'https://crm.example.com/search?q=4085550123'],
    ['{origin}/search?q={e164}', 'https://crm.example.com/search?q=%2B14085550123'],
    ['{origin}/search?q={national}', 'https://crm.example.com/search?q=(408)%20555-0123'],
    ['{origin}/{portal}/find/{name}', 'https://crm.example.com/42/find/Ada%20%26%20S%C3%B8n'],
    ['https://other.example/?n={digits}&again={digits}', 'https://other.example/?n=4085550123&again=4085550123'],
    ['{origin}/search?app={appid}&q={digits}', undefined],
    ['{origin}/search?q={nobody}', undefined],
    ['{origin}/search?q={constructor}', undefined],
    ['{origin}/search?q={digits:nothing}', undefined],
    ['{origin}/search?q={digits:constructor}', undefined],
    ['https://{name}.example/?q={digits}', undefined],
    ['{origin}{name}/?q={digits}', undefined],
    ['javascript:alert({digits})', undefined],
    ['/search?q={digits}', undefined],
  ]
  it.each(rows)('%s', (template, address) => {
    expect(fillTemplate(template, VALUES)).toBe(address)
  })

  it("puts a term in as Salesforce's search page wants it", () => {
    const address = fillTemplate('{origin}/one/one.app#{name:lightning}', VALUES)
    const [, encoded = ''] = address?.split('#') ?? []
    const page = JSON.parse(Buffer.from(decodeURIComponent(encoded), 'base64').toString('utf8'))
    expect(page).toMatchObject({
      componentDef: 'forceSearch:searchPageDesktop',
      attributes: { term: 'Ada & Søn', scopeMap: { type: 'TOP_RESULTS' } },
      state: {},
    })
  })
})

describe('checkTemplate', () => {
  const rows: readonly (readonly [template: string, problem: unknown])[] = [
    ['{origin}/search?q={digits}', undefined],
    ['https://crm.example.com/?q={name}&p={portal}', undefined],
    ['{origin}/one/one.app#{national:lightning}', undefined],
    ['{origin}?q={digits}', undefined],
    ['', { kind: 'notAnAddress' }],
    ['crm.example.com/?q={digits}', { kind: 'notAnAddress' }],
    ['ftp://crm.example.com/?q={digits}', { kind: 'notAnAddress' }],
    ['https://{digits}/', { kind: 'notAnAddress' }],
    ['https://crm.{name}/', { kind: 'notAnAddress' }],
    ['{origin}/search', { kind: 'noTerm' }],
    ['{origin}/{portal}/search', { kind: 'noTerm' }],
    ['{origin}/search?q={phone}', { kind: 'unknownPlaceholder', placeholder: '{phone}' }],
    ['{origin}/search?q={digits:base65}', { kind: 'unknownPlaceholder', placeholder: '{digits:base65}' }],
  ]
  it.each(rows)('%s', (template, problem) => {
    expect(checkTemplate(template, ['portal'])).toEqual(problem)
  })
})
