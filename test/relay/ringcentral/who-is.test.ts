import { expect, it } from 'vitest'
import { decodePerson } from '../../../relay/ringcentral/who-is.ts'

const described = {
  id: 400102,
  account: { id: '400100' },
  name: 'Bea Lindqvist',
  extensionNumber: '102',
  status: 'Enabled',
}
const told = (homeCountry: unknown) => ({ ...described, regionalSettings: { homeCountry } })

it('somebody is who RingCentral describes, whether ids are numbers or texts', () => {
  expect(decodePerson(described)).toEqual({
    accountId: '400100',
    extensionId: '400102',
    name: 'Bea Lindqvist',
    homeCountry: undefined,
    isEnabled: true,
    extensionNumber: '102',
  })
})

it.each<[settings: unknown, homeCountry: string | undefined]>([
  [told({ id: '75', isoCode: 'DE', name: 'Germany' }), 'DE'],
  [told({ id: '75', name: 'Germany' }), undefined],
  [told({ isoCode: 'Germany' }), undefined],
  [told({ isoCode: 49 }), undefined],
  [told(null), undefined],
  [{ ...described, regionalSettings: {} }, undefined],
  [{ ...described, regionalSettings: 'none' }, undefined],
])('%j is at home in %s', (answer, homeCountry) => {
  expect(decodePerson(answer).homeCountry).toBe(homeCountry)
})
