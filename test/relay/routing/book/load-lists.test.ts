import { describe, expect, it } from 'vitest'
import { useRulesFolder } from './folder.ts'

const folder = useRulesFolder()

describe('a list beside the file', () => {
  const withList = { rules: [], lists: { keys: { file: 'keys.csv' } } }

  it('has its numbers in the first column, as spreadsheets write them', async () => {
    await folder.write(
      'keys.csv',
      '\ufeff"Number";Name\r\n+14085550123;Ada\r\n\r\n"+1 (408) 555-0124"; "Bo\r\nsecond line"\r\n+44 20 7946 0018\t5" pipes\r\n+1206*,x\r\n+14085550123',
    )
    const { lists, faults } = await folder.load(withList)
    expect(faults).toEqual([])
    expect(lists).toEqual([
      {
        name: 'keys',
        keys: new Set(['tel:+14085550123', 'tel:+14085550124', 'tel:+442079460018']),
        prefixes: ['+1206'],
      },
    ])
  })

  it.each<[what: string, csv: string | Uint8Array, faults: readonly string[]]>([
    ['nothing', '', ['1:1: the list should have at least one number: without any it never holds']],
    ['a heading alone', 'number\n', ['1:1: the list should have at least one number: without any it never holds']],
    [
      'a second heading',
      'number\nnumber\n',
      ['2:1: the first column should have a number in E.164 like +14085550123, or the beginning of one like +1206*'],
    ],
    [
      'a number without +',
      '14085550123\n',
      ['1:1: the first column should have a number in E.164 like +14085550123, or the beginning of one like +1206*'],
    ],
    [
      'a number too short',
      '+14085550123\n+1408555\n',
      ['2:1: the first column should be a possible number, but has a country code or a length that no number has'],
    ],
    ['no first column', '+14085550123\n\n,Ada\n', ['3:1: the first column should have a number']],
    [
      'an open quote',
      'number\n"+14085550123,Ada\n+14085550124,Bo\n',
      ['2:1: a quote should be closed before the line ends, and nothing should follow it in its field'],
    ],
    [
      'text behind a quote',
      '"+1408"5550123\n+14085550124\n',
      ['1:1: a quote should be closed before the line ends, and nothing should follow it in its field'],
    ],
    ['bytes that are no text', Uint8Array.of(0x2b, 0xff, 0xfe), ['1:1: the list should be a text in UTF-8']],
    ['10 MB', '+14085550123\n'.repeat(770_000), ['1:1: the list should have at most 8 MB, but has 10.0 MB']],
  ])('is refused with %s', async (_what, csv, faults) => {
    await folder.write('keys.csv', csv)
    const loaded = await folder.load(withList)
    expect(loaded.book).toBeUndefined()
    expect(loaded.faults).toEqual(faults.map((fault) => `keys.csv:${fault}`))
  })

  it('tells the first faults of a file that is something else', async () => {
    await folder.write('keys.csv', 'no number\n'.repeat(50_000))
    const { faults } = await folder.load(withList)
    expect(faults).toHaveLength(21)
    expect(faults[20]).toBe('keys.csv:22:1: the list has more faults from here on')
  })

  it('takes fifty thousand numbers', async () => {
    const numbers = Array.from({ length: 50_000 }, (_, index) => `+1408${2_000_000 + index}`)
    await folder.write('keys.csv', `number,name\n${numbers.map((number) => `${number},Somebody`).join('\n')}\n`)
    const { lists, faults } = await folder.load(withList)
    expect(faults).toEqual([])
    expect(lists[0]?.keys.size).toBe(50_000)
    expect(lists[0]?.keys.has('tel:+14082049999')).toBe(true)
  })
})
