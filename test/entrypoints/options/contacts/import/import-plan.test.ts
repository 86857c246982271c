import { describe, expect, it } from 'vitest'
import type { Contact } from '../../../../../entrypoints/lib/store/schema.ts'
import type { ContactDraft } from '../../../../../entrypoints/options/contacts/import/draft.ts'
import { createImportPlan } from '../../../../../entrypoints/options/contacts/import/import-plan.ts'

const draft = (fields: Partial<ContactDraft>): ContactDraft => ({
  line: 2,
  name: 'Ada Winter',
  company: undefined,
  phoneNumbers: ['(408) 555-0123'],
  tags: [],
  ...fields,
})

const kept: Contact = {
  id: 'kept',
  name: 'Ada Winter',
  company: 'Harbor',
  phoneNumbers: ['(408) 555-0123'],
  numberKeys: ['tel:+14085550123'],
  tags: ['VIP'],
}

function plan(existing: readonly Contact[], drafts: readonly ContactDraft[], country = 'US') {
  let made = 0
  const importing = createImportPlan({ existing, country, newId: () => `new-${++made}` })
  for (const one of drafts) importing.take(one)
  return importing.outcome()
}

describe('what a file does to the contacts that are there', () => {
  it('a new one is added, with keys by which other spellings of its numbers are found', () => {
    const numbers = ['(408) 555-0123', '+1 408 555 0123 x5', '102']
    expect(plan([], [draft({ phoneNumbers: numbers, company: 'Harbor', tags: ['VIP'] })])).toEqual({
      contacts: [
        {
          id: 'new-1',
          name: 'Ada Winter',
          company: 'Harbor',
          phoneNumbers: ['(408) 555-0123', '102'],
          numberKeys: ['tel:+14085550123', 'ext:102'],
          tags: ['VIP'],
        },
      ],
      added: 1,
      changed: 0,
      same: 0,
      repeated: 0,
      problems: [],
    })
  })

  const rows: readonly (readonly [string, Partial<ContactDraft>, { added: number; changed: number; same: number }])[] =
    [
      ['the same again', {}, { added: 0, changed: 0, same: 1 }],
      [
        'the same, written otherwise',
        { name: ' ADA  winter', phoneNumbers: ['+14085550123'] },
        { added: 0, changed: 0, same: 1 },
      ],
      [
        'another number of the same company',
        { company: 'harbor', phoneNumbers: ['+14085550199'] },
        { added: 0, changed: 1, same: 0 },
      ],
      ['another tag', { tags: ['Berlin'] }, { added: 0, changed: 1, same: 0 }],
      ['a tag that is there', { tags: ['vip'] }, { added: 0, changed: 0, same: 1 }],
      ['somebody else with the number', { name: 'Ben Frost' }, { added: 1, changed: 0, same: 0 }],
      ['somebody of the same name elsewhere', { phoneNumbers: ['+14085550199'] }, { added: 1, changed: 0, same: 0 }],
    ]
  it.each(rows)('%s', (_name, fields, counts) => {
    expect(plan([kept], [draft(fields)])).toMatchObject(counts)
  })

  it('what the file lacks stays', () => {
    const [changed] = plan(
      [kept],
      [draft({ company: 'harbor', phoneNumbers: ['+14085550199'], tags: ['New'] })],
    ).contacts
    expect(changed).toEqual({
      ...kept,
      phoneNumbers: ['(408) 555-0123', '+14085550199'],
      numberKeys: ['tel:+14085550123', 'tel:+14085550199'],
      tags: ['VIP', 'New'],
    })
  })

  it('entries of one file are merged and counted', () => {
    const drafts = [draft({}), draft({ line: 3 }), draft({ line: 4, phoneNumbers: ['4085550123', '+14085550199'] })]
    const { contacts, ...counts } = plan([], drafts)
    expect(contacts).toHaveLength(1)
    expect(contacts[0]?.numberKeys).toEqual(['tel:+14085550123', 'tel:+14085550199'])
    expect(counts).toMatchObject({ added: 1, changed: 0, same: 0, repeated: 2 })
  })

  it('two of one name in one company stay two, however often their file is brought', () => {
    const company = 'Harbor'
    const drafts = [
      draft({ company, phoneNumbers: ['+14085550123'] }),
      draft({ company, phoneNumbers: ['+14085550199'], line: 3 }),
    ]
    const first = plan([], drafts)
    expect(first.contacts.map(({ numberKeys }) => numberKeys)).toEqual([['tel:+14085550123'], ['tel:+14085550199']])
    expect(plan(first.contacts, drafts)).toMatchObject({ contacts: [], same: 2 })
    const third = draft({ company, phoneNumbers: ['+14085550177'], line: 4 })
    expect(plan(first.contacts, [...drafts, third])).toMatchObject({ added: 1, changed: 0, same: 2 })
  })

  it('digits beside a number that are none are told', () => {
    const { added, problems } = plan([], [draft({ leftovers: ['13'] })])
    expect(added).toBe(1)
    expect(problems).toEqual([{ kind: 'notANumber', line: 2, name: 'Ada Winter', text: '13' }])
  })

  it('what cannot be called is told, and the other numbers are kept', () => {
    const drafts = [draft({ phoneNumbers: ['n/a', '4085550123'] }), draft({ line: 3, phoneNumbers: ['unknown'] })]
    const { added, problems } = plan([], drafts)
    expect(added).toBe(1)
    expect(problems).toEqual([
      { kind: 'notANumber', line: 2, name: 'Ada Winter', text: 'n/a' },
      { kind: 'notANumber', line: 3, name: 'Ada Winter', text: 'unknown' },
    ])
  })

  it('bringing the outcome again changes nothing', () => {
    const drafts = [draft({}), draft({ name: 'Ben Frost' }), draft({ name: 'Cleo', phoneNumbers: ['+442079460018'] })]
    const first = plan([], drafts)
    expect(plan(first.contacts, drafts)).toMatchObject({ contacts: [], added: 0, changed: 0, same: 3 })
  })
})
