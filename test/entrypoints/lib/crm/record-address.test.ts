import { describe, expect, it } from 'vitest'
import { isRecordPattern, recordAddress } from '../../../../entrypoints/lib/crm/record-address.ts'

describe('recordAddress', () => {
  const rows: readonly (readonly [title: string, pattern: string, page: string, record: string | undefined])[] = [
    [
      '* is a piece of the path',
      '/contacts/*',
      'https://a.example/contacts/ada-winter',
      'https://a.example/contacts/ada-winter',
    ],
    [
      'what comes behind is left out',
      '/contacts/*',
      'https://a.example/contacts/ada/edit?token=1#x',
      'https://a.example/contacts/ada',
    ],
    ['a piece is not empty', '/contacts/*', 'https://a.example/contacts/', undefined],
    ['the path begins with it', '/contacts/*', 'https://a.example/old/contacts/ada', undefined],
    ['{id} has a digit', '/tickets/{id}', 'https://a.example/tickets/new', undefined],
    [
      '{id} may be more than digits',
      '/tickets/{id}',
      'https://a.example/tickets/T-9x',
      'https://a.example/tickets/T-9x',
    ],
    ['a piece is matched whole', '/tickets/{id}/view', 'https://a.example/tickets/1/viewer', undefined],
    ['other characters mean themselves', '/a.b/{id}', 'https://a.example/axb/1', undefined],
    ['a piece may have a fixed part', '/crm/org*/{id}', 'https://a.example/crm/org5/7', 'https://a.example/crm/org5/7'],
    [
      'a query in any order',
      '/view?type=contact&id={id}',
      'https://a.example/view?id=3&x=y&type=contact',
      'https://a.example/view?type=contact&id=3',
    ],
    ['a query that lacks a part', '/view?type=contact&id={id}', 'https://a.example/view?id=3', undefined],
    ['a query of another value', '/view?type=contact&id={id}', 'https://a.example/view?id=3&type=contacts', undefined],
    [
      'a fragment',
      '/nc/#/contacts/{id}',
      'https://a.example/nc/#/contacts/5/notes',
      'https://a.example/nc/#/contacts/5',
    ],
    ['another fragment', '/nc/#/contacts/{id}', 'https://a.example/nc/#/matters/5', undefined],
    ['a port is kept', '/c/*', 'http://localhost:5173/c/1', 'http://localhost:5173/c/1'],
    ['no address', '/c/*', 'c/1', undefined],
  ]
  it.each(rows)('%s', (_, pattern, page, record) => {
    expect(recordAddress(page, [pattern])).toBe(record)
  })

  it('takes the first pattern that fits', () => {
    expect(recordAddress('https://a.example/v/1?app=2', ['/x/{id}', '/v/{id}?app=*', '/v/{id}'])).toBe(
      'https://a.example/v/1?app=2',
    )
  })
})

describe('isRecordPattern', () => {
  it.each([
    ['/contacts/{id}', true],
    ['/contacts/*', true],
    ['/main.aspx?id={id}', true],
    ['/contacts', false],
    ['contacts/{id}', false],
    ['/con tacts/{id}', false],
    ['', false],
  ])('%s: %s', (pattern, is) => {
    expect(isRecordPattern(pattern)).toBe(is)
  })
})
