import type { Company } from '../company.ts'
import { ACCOUNT, COLLEAGUES, PEOPLE, type Person, SUPERVISOR } from '../people.ts'
import { type Queue, SALES, USUAL_SETTINGS } from '../queue.ts'

/** A company with thirty people and four queues: the one that everybody else is about, grown. */

/** Numbered on from those who are there already; 109 is the service user's. */
const NEWCOMERS = [
  ['105', 'Tomasz Zieliński'],
  ['106', 'Aiko Tanaka'],
  ['107', 'Lucía Herrera'],
  ['108', 'Femi Adeyemi'],
  ['110', 'Clara Brandt'],
  ['111', 'Mateus Rocha'],
  ['112', 'Yara Nasser'],
  ['113', 'Henrik Dahl'],
  ['114', 'Nia Baptiste'],
  ['115', 'Oskar Virtanen'],
  ['116', 'Meera Iyer'],
  ['117', 'Paolo Ricci'],
  ['118', 'Zoe Papadaki'],
  ['119', 'Jonas Meyer'],
  ['120', 'Amara Diallo'],
  ['121', 'Ravi Menon'],
  ['122', 'Elif Kaya'],
  ['123', 'Bram de Wit'],
  ['124', 'Sofia Marino'],
  ['125', 'Liam Gallagher'],
  ['126', 'Hana Novak'],
  ['127', 'Diego Castillo'],
  ['128', 'Ingrid Solberg'],
  ['129', 'Kwame Mensah'],
  ['130', 'Leila Farahani'],
  ['131', 'Marta Kowalska'],
] as const

const hired = NEWCOMERS.map(
  ([extensionNumber, name]): Person => ({
    accountId: ACCOUNT.id,
    homeCountry: 'US',
    isAdministrator: false,
    canSignIn: true,
    extensionId: `400${extensionNumber}`,
    extensionNumber,
    // The customers of the sample CRM have theirs in 408 and 206: who calls one of them back is to reach them.
    phoneNumber: `+16505550${extensionNumber}`,
    name,
    deviceId: `4008${extensionNumber.slice(1)}1`,
    email: `ext${extensionNumber}@northwind.example`,
  }),
)

/** Who runs the queue of the invoices, and nothing else. */
export const BILLING_LEAD = findHired('105')

const everybody = [...COLLEAGUES, ...hired]
const withNumbers = (from: number, to: number): readonly Person[] =>
  everybody.filter(({ extensionNumber }) => Number(extensionNumber) >= from && Number(extensionNumber) <= to)

const QUEUES: readonly Queue[] = [
  {
    ...SALES,
    agents: [...SALES.agents, ...withNumbers(110, 115)],
    settings: {
      ...USUAL_SETTINGS,
      transferMode: 'Simultaneous',
      serviceLevel: { ...USUAL_SETTINGS.serviceLevel, thresholdS: 20 },
    },
  },
  {
    ...SALES,
    extensionId: '400196',
    extensionNumber: '196',
    name: 'Support',
    phoneNumber: '+18005550196',
    agents: withNumbers(113, 123),
    settings: { ...USUAL_SETTINGS, agentTimeoutS: 15, wrapUpS: 20 },
  },
  {
    ...SALES,
    extensionId: '400197',
    extensionNumber: '197',
    name: 'Billing',
    phoneNumber: '+18005550197',
    agents: withNumbers(124, 127),
    settings: {
      ...USUAL_SETTINGS,
      transferMode: 'FixedOrder',
      holdS: 240,
      serviceLevel: { ...USUAL_SETTINGS.serviceLevel, goalPercent: 70, thresholdS: 60, includesAbandoned: false },
    },
  },
  {
    ...SALES,
    extensionId: '400198',
    extensionNumber: '198',
    name: 'Repairs',
    phoneNumber: '+18005550198',
    agents: withNumbers(128, 131),
    // Too few for those who call: this queue overflows now and then.
    settings: { ...USUAL_SETTINGS, maxCallers: 2, full: { toExtensionId: '400196' }, agentTimeoutS: 12 },
  },
]

export const BUSY_NORTHWIND: Company = {
  people: [...PEOPLE, ...hired],
  queues: QUEUES,
  grants: [
    {
      holderId: SUPERVISOR.extensionId,
      flags: ['callMonitoring'],
      over: everybody.filter((person) => person !== SUPERVISOR).map(({ extensionId }) => extensionId),
    },
    { holderId: SUPERVISOR.extensionId, flags: ['callQueueSetup'], over: QUEUES.map(({ extensionId }) => extensionId) },
    { holderId: BILLING_LEAD.extensionId, flags: ['callMonitoring'], over: ['400124', '400125', '400126', '400127'] },
    { holderId: BILLING_LEAD.extensionId, flags: ['callQueueMembersSetup'], over: ['400197'] },
  ],
}

function findHired(number: string): Person {
  const found = hired.find(({ extensionNumber }) => extensionNumber === number)
  if (found === undefined) throw new RangeError(`Somebody should have been hired with the number ${number}.`)
  return found
}
