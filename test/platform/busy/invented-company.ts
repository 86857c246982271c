import type { Company } from '../company.ts'
import { ACCOUNT, PEOPLE, type Person, SUPERVISOR } from '../people.ts'
import { type Queue, SALES, USUAL_SETTINGS } from '../queue.ts'

/** So many people more than calls, that somebody is always free. */
const SPARE_SHARE = 0.1
const AGENTS_PER_QUEUE = 100

/** A company of a size: its supervisor, and people and queues that are numbers. The supervisor may listen to all of them. */
export function inventCompany(calls: number): Company {
  const agents = Array.from({ length: Math.ceil(calls * (1 + SPARE_SHARE)) }, (_, index) => inventPerson(index))
  const queues = Array.from({ length: Math.ceil(agents.length / AGENTS_PER_QUEUE) }, (_, index) =>
    inventQueue(index, agents.slice(index * AGENTS_PER_QUEUE, (index + 1) * AGENTS_PER_QUEUE)),
  )
  const idsOf = (all: readonly { readonly extensionId: string }[]) => all.map(({ extensionId }) => extensionId)
  return {
    people: [...PEOPLE.filter(({ canSignIn }) => !canSignIn), SUPERVISOR, ...agents],
    queues,
    grants: [
      { holderId: SUPERVISOR.extensionId, flags: ['callMonitoring'], over: idsOf(agents) },
      { holderId: SUPERVISOR.extensionId, flags: ['callQueueSetup'], over: idsOf(queues) },
    ],
  }
}

function inventPerson(index: number): Person {
  const extensionNumber = String(10_001 + index)
  return {
    accountId: ACCOUNT.id,
    homeCountry: 'US',
    isAdministrator: false,
    canSignIn: true,
    extensionId: `4${extensionNumber}0`,
    extensionNumber,
    phoneNumber: `+1408555${extensionNumber}`,
    name: `Agent ${extensionNumber}`,
    deviceId: `8${extensionNumber}0`,
    email: `ext${extensionNumber}@northwind.example`,
  }
}

function inventQueue(index: number, agents: readonly Person[]): Queue {
  const extensionNumber = String(9_001 + index)
  return {
    ...SALES,
    extensionId: `4${extensionNumber}00`,
    extensionNumber,
    name: `Queue ${index + 1}`,
    phoneNumber: `+1800555${extensionNumber}`,
    agents,
    settings: USUAL_SETTINGS,
  }
}
