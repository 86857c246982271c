import { ROUTES } from '../../../shared/protocol/http/routes.ts'
import { type HubSpotStandIn, startHubSpot } from '../../crm-stand-ins/hubspot.ts'
import { startPlatform } from '../../platform/platform.ts'
import { signIn } from '../../relay/support/sign-in-flow.ts'
import type { Benchmark, Figure } from '../figures.ts'
import type { LoadAnswer, LoadRequest } from '../ingest/load.ts'
import { startProgram } from '../program.ts'
import { startRelayProcess } from '../relay-process.ts'
import type { WayAnswer, WayRequest } from '../relays/way-load.ts'
import { type Own, withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { percentile } from '../statistics.ts'
import { createWorkFolder } from '../work-folder.ts'

/**
 * The relay while hundreds of calls that have ended are on their way into a CRM which takes nine requests a second: deliveries by
 * many, one delivery's way to a client, which is the relay's part of a card, and the question whose number somebody calls from. The
 * floor is the same relay without a CRM; of the question it is the relay's shortest answer.
 */
export const outbox: Benchmark = {
  id: 'B19',
  run: (signal) =>
    withResources(signal, async (own) => {
      const hubspot = own(await startHubSpot())
      hubspot.addContact({ firstname: 'Ada', lastname: 'Winter', phone: KNOWN_NUMBER })
      const floor = await startUnderTest(own)
      const ours = await startUnderTest(own, {
        RELAY_CRM: 'hubspot',
        RELAY_CRM_URL: hubspot.url,
        RELAY_CRM_KEY: hubspot.key,
        RELAY_CRM_WAIT_S: '0',
      })
      return [
        ...(await measurePosts(floor, ours)),
        await whileItWrites(hubspot, () => measureWay(floor, ours)),
        await whileItWrites(hubspot, () => measureMatch(ours)),
      ]
    }),
}

/** The caller of the calls that are posted. */
const KNOWN_NUMBER = '+14085550123'
const SUPERVISOR_ID = '400101'
const MANY = { connections: 64, posts: 8000 }
const ONE_BY_ONE = 300

interface UnderTest {
  readonly url: string
  readonly token: string
  post(): Promise<LoadAnswer>
  /** From writing a post to a client's having its event, ms. */
  way(): Promise<readonly number[]>
}

async function startUnderTest(own: Own, environment: Readonly<Record<string, string>> = {}): Promise<UnderTest> {
  const [work, platform] = [own(await createWorkFolder()), own(await startPlatform({ tidy: true }))]
  const relay = own(await startRelayProcess(platform, work.path, { RELAY_SUPERVISORS: SUPERVISOR_ID, ...environment }))
  const { url, webhookUrl, headers } = relay
  const { token } = await signIn({ relay }, SUPERVISOR_ID)
  const load = own(startProgram<LoadRequest, LoadAnswer>(new URL('../ingest/load.ts', import.meta.url)))
  const way = own(startProgram<WayRequest, WayAnswer>(new URL('../relays/way-load.ts', import.meta.url), [token, url]))
  await Promise.all([load.ready, way.ready])
  return {
    url,
    token,
    post: () => load.ask({ url: webhookUrl, headers, ...MANY }),
    way: async () => (await way.ask({ takingUrl: url, otherUrl: url, headers, posts: ONE_BY_ONE })).takingMs,
  }
}

async function measurePosts(floor: UnderTest, ours: UnderTest): Promise<readonly Figure[]> {
  const rounds = await measureRounds({
    name: 'B19, posts while the outbox works',
    measure: (isFloorFirst) => inTurn(isFloorFirst, floor.post, ours.post),
    floorOf: (round) => round.floor.postsPerSecond,
    say: console.error,
  })
  return [
    {
      name: 'B19 durable posts, 64 connections, while the outbox works',
      unit: '/s',
      ours: rounds.map((round) => round.ours.postsPerSecond),
      floor: rounds.map((round) => round.floor.postsPerSecond),
      goal: { of: 'ratio', atLeast: 0.9 },
    },
  ]
}

async function measureWay(floor: UnderTest, ours: UnderTest): Promise<Figure> {
  const rounds = await measureRounds({
    name: 'B19, way to a client',
    measure: (isFloorFirst) => inTurn(isFloorFirst, floor.way, ours.way),
    floorOf: (round) => percentile(round.floor, 0.5),
    say: console.error,
  })
  return {
    name: 'B19 delivery to a client meanwhile, p50',
    unit: 'ms',
    ours: rounds.map((round) => percentile(round.ours, 0.5)),
    floor: rounds.map((round) => percentile(round.floor, 0.5)),
    goal: { of: 'difference', atMost: 0.5 },
  }
}

async function measureMatch({ url, token }: UnderTest): Promise<Figure> {
  const known = `${url}${ROUTES.crmMatches}?number=${encodeURIComponent(KNOWN_NUMBER)}`
  const headers = { authorization: `Bearer ${token}` }
  const rounds = await measureRounds({
    name: 'B19, a match that is known',
    measure: (isFloorFirst) =>
      inTurn(
        isFloorFirst,
        () => ask(`${url}/healthz`, {}),
        () => ask(known, headers),
      ),
    floorOf: (round) => percentile(round.floor, 0.5),
    say: console.error,
  })
  return {
    name: 'B19 a match from what is known, p99',
    unit: 'ms',
    ours: rounds.map((round) => percentile(round.ours, 0.99)),
    floor: rounds.map((round) => percentile(round.floor, 0.99)),
    goal: { of: 'ours', atMost: 5, in: 'median' },
  }
}

/** How long each of the answers took, one after the other, ms. */
async function ask(url: string, headers: Readonly<Record<string, string>>): Promise<readonly number[]> {
  const durationsMs: number[] = []
  while (durationsMs.length < ONE_BY_ONE) {
    const startMs = performance.now()
    const response = await fetch(url, { headers })
    const text = await response.text()
    durationsMs.push(performance.now() - startMs)
    if (!response.ok)
      throw new Error(`every question should be answered, but one was answered ${response.status}: ${text}`)
  }
  return durationsMs
}

/**
 * An outbox that is idle would disturb nobody, and one that asks too much would be refused. Searches have a limit of their own,
 * which the first of many unknown numbers meet: they are asked again when the CRM says.
 */
async function whileItWrites(hubspot: HubSpotStandIn, measure: () => Promise<Figure>): Promise<Figure> {
  const before = hubspot.calls().length
  const figure = await measure()
  const written = hubspot.calls().length - before
  const isSearch = (path: string) => path.endsWith('/search')
  const refused = hubspot.requests().filter(({ status, path }) => status === 429 && !isSearch(path)).length
  if (written === 0 || refused > 0 || hubspot.duplicates() > 0) {
    throw new Error(
      `B19 does not count: ${written} calls were written meanwhile, ${hubspot.duplicates()} twice, and ${refused} of its requests were too many.`,
    )
  }
  return figure
}
