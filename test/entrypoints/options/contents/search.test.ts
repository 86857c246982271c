import { describe, expect, it } from 'vitest'
import { findWords, hasWords } from '../../../../entrypoints/options/contents/search.ts'

describe('a search through the settings', () => {
  it.each([
    ['a word in any case', 'Hide the last digits', 'DIGITS', true],
    ['a part of one', 'Notifications', 'notif', true],
    ['words in any order', 'Events behind the figures', 'figures events', true],
    ['one that is not there', 'Events behind the figures', 'events notes', false],
    ['an accent or none', 'Österreich', 'osterreich', true],
    ['nothing', 'Anything', '  ', true],
  ])('finds %s', (_, text, query, isFound) => {
    expect(hasWords(text, query)).toBe(isFound)
  })

  it('says where each word stands, as often as it does', () => {
    const text = 'Call numbers that are links. A number asks.'
    const marked = findWords(text, 'number link').map(([start, end]) => text.slice(start, end))
    expect(marked).toEqual(['number', 'number', 'link'])
    expect(findWords(text, '')).toEqual([])
  })

  it('marks nothing where accents are characters of their own', () => {
    expect(findWords('Cafe\u0301 number', 'number')).toEqual([])
  })
})
