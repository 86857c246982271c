/** The people in the sample CRM: the outside callers of the phone page, with the small history a bicycle dealer would keep. */
export interface Contact {
  /** The last part of the record's address. */
  readonly slug: string
  readonly name: string
  readonly role: string
  readonly company: string
  readonly stage: string
  readonly email: string
  /** In E.164, for the link; `phoneText` is how a person writes it. */
  readonly phone: string
  readonly phoneText: string
  /** Written as text, without a link. */
  readonly mobileText: string
  readonly city: string
  readonly owner: string
  readonly orders: readonly { readonly item: string; readonly amount: string; readonly status: string }[]
  readonly activities: readonly { readonly date: string; readonly kind: string; readonly text: string }[]
}

export const CONTACTS: readonly Contact[] = [
  {
    slug: 'ada-winter',
    name: 'Ada Winter',
    role: 'Purchasing',
    company: 'Harbor Couriers',
    stage: 'Customer',
    email: 'ada.winter@harbor-couriers.example',
    phone: '+14085550123',
    phoneText: '(408) 555-0123',
    mobileText: '+1 408 555 0124',
    city: 'San Jose, California',
    owner: 'Bea Lindqvist',
    orders: [
      { item: '12 cargo bikes, blue', amount: '$31,200', status: 'Quote sent' },
      { item: 'Service plan, 2 years', amount: '$4,800', status: 'Active' },
    ],
    activities: [
      { date: '18 Nov', kind: 'Call', text: 'Asked whether the blue frames can arrive before the holidays.' },
      { date: '11 Nov', kind: 'Email', text: 'Sent the quote for twelve cargo bikes.' },
      {
        date: '3 Nov',
        kind: 'Note',
        text: 'Prefers calls in the morning. Desk 408-555-0123, front office 408-555-0125.',
      },
    ],
  },
  {
    slug: 'grace-okonkwo',
    name: 'Grace Okonkwo',
    role: 'Owner',
    company: 'Okonkwo Cycles',
    stage: 'Customer',
    email: 'grace@okonkwo-cycles.example',
    phone: '+12065550147',
    phoneText: '(206) 555-0147',
    mobileText: '+1 206 555 0148',
    city: 'Seattle, Washington',
    owner: 'Sam Okafor',
    orders: [{ item: '30 city bikes', amount: '$24,600', status: 'Shipped' }],
    activities: [
      { date: '16 Nov', kind: 'Call', text: 'Two of the thirty came with bent racks. Replacements are on the way.' },
      { date: '9 Nov', kind: 'Note', text: 'Order shipped. The driver should ring the shop on 206-555-0147.' },
    ],
  },
  {
    slug: 'priya-natarajan',
    name: 'Priya Natarajan',
    role: 'Fleet manager',
    company: 'Thames Rentals',
    stage: 'Lead',
    email: 'priya.natarajan@thames-rentals.example',
    phone: '+442079460018',
    phoneText: '+44 20 7946 0018',
    mobileText: '+44 7700 900018',
    city: 'London',
    owner: 'Bea Lindqvist',
    orders: [{ item: 'Trial, 5 folding bikes', amount: '£3,900', status: 'In discussion' }],
    activities: [
      { date: '13 Nov', kind: 'Email', text: 'Asked for spare part prices and delivery to two depots.' },
      { date: '6 Nov', kind: 'Call', text: 'First call, came from the trade fair list.' },
    ],
  },
]

/** The contacts whose name, company or number contains what somebody typed; all of them for nothing typed. */
export function searchContacts(query: string): readonly Contact[] {
  const wanted = query.trim().toLowerCase()
  return CONTACTS.filter(({ name, company, phone, phoneText }) =>
    [name, company, phone, phoneText].some((text) => text.toLowerCase().includes(wanted)),
  )
}
