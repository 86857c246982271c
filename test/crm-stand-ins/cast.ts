/** Who is in every stand-in of a CRM: the outside callers of the stand-in for RingCentral, and the people who answer them. */
export interface CrmPerson {
  readonly id: string
  readonly kind: 'contact' | 'lead' | 'account'
  readonly name: string
  readonly company?: string
  /** As somebody typed them. */
  readonly phone: string
  readonly mobile?: string
  readonly ownerId?: string
  /** Of the company, where it is in the CRM as well. */
  readonly accountId?: string
  /** Deactivated, merged into another or made into one: still there, of use no more. */
  readonly isInactive?: boolean
}

export interface CrmUser {
  readonly id: string
  readonly name: string
  readonly email: string
}

export const CRM_USERS: readonly CrmUser[] = [
  { id: '9001', name: 'Bea Lindqvist', email: 'bea.lindqvist@northwind.example' },
  { id: '9002', name: 'Sam Okafor', email: 'sam.okafor@northwind.example' },
]

export const CRM_PEOPLE: readonly CrmPerson[] = [
  {
    id: '101',
    kind: 'contact',
    name: 'Ada Winter',
    company: 'Harbor Couriers',
    phone: '(408) 555-0123',
    mobile: '+1 408 555 0124',
    ownerId: '9001',
  },
  { id: '102', kind: 'contact', name: 'Grace Okonkwo', company: 'Lakeside Logistics', phone: '+12065550147' },
  { id: '103', kind: 'contact', name: 'Priya Natarajan', phone: '020 7946 0018' },
]
