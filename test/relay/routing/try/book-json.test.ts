import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBook, encodeBook } from '../../../../relay/routing/try/book-json.ts'
import type { NumberList, NumberPattern } from '../../../../shared/rules/rule.ts'
import { anyBook } from '../../../support/routed-scene.ts'
import { buildBook, buildRule, listPattern } from '../../../support/rules.ts'

describe('rules on their way to the relay', () => {
  it('arrive as they were', () => {
    fc.assert(
      fc.property(anyBook(), (book) => {
        expect(decodeBook(encodeBook(book))).toEqual(book)
      }),
    )
  })

  it('have each list with them once', () => {
    const list = listPattern(['+14085550123'], ['+49'])
    const book = buildBook([
      buildRule({ when: { caller: [list] } }),
      buildRule({ name: 'b', when: { called: [list] } }),
    ])
    const text = encodeBook(book)
    expect(text.split('+14085550123')).toHaveLength(2)
    const [one, other] = decodeBook(text).rules
    expect(one?.when.caller).toEqual([list])
    expect(listOf(one?.when.caller)).toBe(listOf(other?.when.called))
  })
})

function listOf(patterns: readonly NumberPattern[] | undefined): NumberList | undefined {
  const first = patterns?.[0]
  return first?.kind === 'list' ? first.list : undefined
}
