import type { Company } from '../../platform/company.ts'
import { ACCOUNT, type Person } from '../../platform/people.ts'

/** So many that none of them comes near the acts that rules may do as one person in a minute. */
const PEOPLE_WITH_RULES = 30

/** People whose calls the last rule forwards; they are signed in, so that it is done as them. */
export const RULED: readonly Person[] = Array.from({ length: PEOPLE_WITH_RULES }, (_, index) => ({
  accountId: ACCOUNT.id,
  homeCountry: 'US',
  isAdministrator: false,
  canSignIn: true,
  extensionId: String(400_300 + index),
  extensionNumber: String(300 + index),
  phoneNumber: `+14085550${300 + index}`,
  name: `Ruled ${300 + index}`,
  deviceId: String(800_300 + index),
  email: `ext${300 + index}@northwind.example`,
}))

export function withRuled(company: Company): Company {
  return { ...company, people: [...company.people, ...RULED] }
}
