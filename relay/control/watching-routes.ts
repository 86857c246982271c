import { Hono } from 'hono'
import type { Clock } from '../../shared/clock.ts'
import type { DevicesAnswer } from '../../shared/protocol/http/calls.ts'
import {
  CAPABILITIES,
  type CapabilitiesAnswer,
  type Capability,
  type CapabilityName,
  type CapabilityNeeds,
} from '../../shared/protocol/http/capabilities.ts'
import type { ColleaguesAnswer } from '../../shared/protocol/http/colleagues.ts'
import { ROUTES } from '../../shared/protocol/http/routes.ts'
import type { Capabilities } from '../capabilities.ts'
import type { Directory } from '../directory/directory.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import type { Login } from '../people/login.ts'
import type { RightsReading } from '../people/read-rights.ts'
import { type PersonEnv, type RequirePersonOptions, requirePerson } from '../people/require-person.ts'
import { watchesNothing } from '../people/watches.ts'
import { createActAudit } from './act-audit.ts'
import { createAnswerFailure } from './answer-failure.ts'
import { createColleagues } from './colleagues.ts'
import { createListen } from './listen.ts'
import { createOwnPhones } from './own-phones.ts'
import type { PersonClient } from './person-client.ts'
import type { RefusalMemory } from './refusal-memory.ts'
import { createServiceFeatures } from './service-features.ts'

export interface WatchingDependencies extends RequirePersonOptions {
  readonly client: PersonClient
  readonly capabilities: Capabilities
  readonly refusals: RefusalMemory
  /** What a look at it finds out is told among the capabilities. */
  readonly directory: Directory
  readonly rightsReading: Pick<RightsReading, 'doubt'>
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
}

/** Listening in, and what has to be known for it beforehand: own phones, and what RingCentral lets one do. */
export function createWatchingRoutes(dependencies: WatchingDependencies): Hono<PersonEnv> {
  const { client, capabilities, directory, clock } = dependencies
  const routes = new Hono<PersonEnv>()
  const guard = requirePerson(dependencies)
  const phones = createOwnPhones({ client, clock, capabilities })
  const features = createServiceFeatures(client, clock)

  routes.post(
    ROUTES.supervise,
    guard,
    createListen({ ...dependencies, phones, features, audit: createActAudit(dependencies) }),
  )
  routes.get(ROUTES.devices, guard, async (c) => {
    const login = c.get('login')
    const isWatching = !watchesNothing(c.get('user').watches)
    const [devices, webPhones] = await Promise.all([
      phones.list(login),
      // Only listening in may want them.
      isWatching ? phones.listWebPhones(login) : undefined,
    ])
    const answer: DevicesAnswer = { devices: [...devices], ...(webPhones && { webPhones: [...webPhones] }) }
    return c.json(answer, 200, { 'cache-control': 'no-store' })
  })
  const colleagues = createColleagues({ client, clock, capabilities, directory })
  routes.get(ROUTES.colleagues, guard, async (c) => {
    const answer: ColleaguesAnswer = { colleagues: [...(await colleagues.list(c.get('login')))] }
    return c.json(answer, 200, { 'cache-control': 'no-store' })
  })
  routes.get(ROUTES.capabilities, guard, async (c) => {
    const login = c.get('login')
    void directory.want()
    const answer: CapabilitiesAnswer = {
      capabilities: await Promise.all(
        capabilities.of(login.extensionId).map((capability) => foretell(capability, login)),
      ),
    }
    return c.json(answer, 200, { 'cache-control': 'no-store' })
  })

  /** What was not tried RingCentral may tell to be of no use. */
  async function foretell(capability: Capability, login: Login): Promise<Capability> {
    const { feature }: CapabilityNeeds = CAPABILITIES[capability.name as CapabilityName]
    if (capability.state !== 'notTried' || feature === undefined) return capability
    const reason = await features.lacking(login, feature)
    return reason === undefined ? capability : { ...capability, state: 'refused', reason }
  }

  routes.onError(createAnswerFailure(dependencies))
  return routes
}
