import type { Clock } from '../../../shared/clock.ts'
import type { PersonClient } from '../../control/person-client.ts'
import { lastSeenAtMs } from '../../people/login.ts'
import type { Logins } from '../../people/logins.ts'
import type { ServiceClient } from '../../ringcentral/api.ts'
import type { ActOrder } from '../act-order.ts'
import { type ActBudget, createActBudget } from './act-budget.ts'
import type { ActRequest } from './request-of.ts'

/** Somebody as whom RingCentral may be asked for an act. */
export interface Asker {
  /** Absent for the relay's own user. */
  readonly extensionId: string | undefined
  /** Takes one of the requests that rules may send as them; how long to wait, in ms, when there is none. */
  take(): number
  /** Throws what the clients throw. */
  send(request: ActRequest): Promise<unknown>
}

export interface AskersDependencies {
  readonly client: PersonClient
  readonly logins: Pick<Logins, 'all'>
  readonly service: ServiceClient
  /** Takes a request of the relay's own user; how long to wait, in ms, when there is none. */
  readonly takeRequest: () => number
  readonly clock: Clock
}

/** Gives those as whom an order may be carried out, the best first: whose leg it is, where they are signed in, then the relay's own user. */
export function createAskers(dependencies: AskersDependencies): (order: ActOrder) => readonly Asker[] {
  const { client, logins, service, takeRequest, clock } = dependencies
  const budgets = new Map<string, ActBudget>()
  const ownBudget = createActBudget(clock)

  const relay: Asker = {
    extensionId: undefined,
    take: () => ownBudget.take() || takeRequest(),
    send: ({ path, ...request }) => service.send({ ...request, path: `/restapi/v1.0/account/~${path}` }),
  }

  function findPerson(extensionId: string): Asker | undefined {
    const own = logins.all().filter((login) => login.extensionId === extensionId && login.tokens !== undefined)
    const [login] = own.sort((a, b) => lastSeenAtMs(b) - lastSeenAtMs(a))
    if (login === undefined) return undefined
    const budget = budgets.get(extensionId) ?? createActBudget(clock)
    budgets.set(extensionId, budget)
    return { extensionId, take: budget.take, send: (request) => client.send(login, request) }
  }

  return function listAskers({ act, ownerId }) {
    // Nobody can listen to their own call.
    const person = act.kind === 'supervise' || ownerId === undefined ? undefined : findPerson(ownerId)
    return person === undefined ? [relay] : [person, relay]
  }
}
