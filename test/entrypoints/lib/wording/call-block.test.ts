import { describe, expect, it } from 'vitest'
import { composeCallBlock } from '../../../../entrypoints/lib/wording/call-block.ts'

describe('the lines for the CRM', () => {
  it('are the facts that there are, the note last and whole', () => {
    const block = composeCallBlock({
      who: 'Ada Winter, Harbor Couriers',
      lines: [
        { label: 'Number', value: '(408) 555-0123' },
        { label: 'When', value: 'Jun 5, 2026, 2:00 PM' },
        { label: 'Talk', value: '0:12' },
        { label: 'Hold', value: undefined },
        { label: 'Tags', value: '' },
      ],
      note: { label: 'Note', value: ' wants the blue one\n- twelve of them\n' },
    })
    expect(block).toBe(
      [
        'Ada Winter, Harbor Couriers',
        'Number: (408) 555-0123',
        'When: Jun 5, 2026, 2:00 PM',
        'Talk: 0:12',
        'Note: wants the blue one',
        '- twelve of them',
      ].join('\n'),
    )
  })

  it('leave out an empty note', () => {
    expect(composeCallBlock({ who: 'Ada', lines: [], note: { label: 'Note', value: ' \n' } })).toBe('Ada')
  })

  it('cannot be forged by a name with line breaks', () => {
    const block = composeCallBlock({
      who: 'Ada\nTalk: 9:99',
      lines: [{ label: 'Number', value: '1\u2028Hold: 9\r\n:99' }],
      note: { label: 'Note', value: undefined },
    })
    expect(block.split('\n')).toEqual(['Ada Talk: 9:99', 'Number: 1 Hold: 9 :99'])
  })
})
