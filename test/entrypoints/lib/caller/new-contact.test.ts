import { describe, expect, it } from 'vitest'
import { buildContact, MAX_CONTACT_NAME } from '../../../../entrypoints/lib/caller/new-contact.ts'

const ADA = { phoneNumber: '+14085550123', numberKey: 'tel:+14085550123' }

describe('a contact made on a card', () => {
  it('has the name as it was typed, and the number of the call', () => {
    expect(buildContact(ADA, '  Ada\n Winter ', 'c-1')).toEqual({
      id: 'c-1',
      name: 'Ada Winter',
      company: undefined,
      phoneNumbers: ['+14085550123'],
      numberKeys: ['tel:+14085550123'],
      tags: [],
    })
  })

  it('is none without a name or a number', () => {
    expect(buildContact(ADA, ' \n', 'c-1')).toBeUndefined()
    expect(buildContact({ phoneNumber: undefined }, 'Ada', 'c-1')).toBeUndefined()
  })

  it('has no name of any length', () => {
    expect(buildContact(ADA, 'Ada '.repeat(200), 'c-1')?.name.length).toBeLessThanOrEqual(MAX_CONTACT_NAME)
  })
})
