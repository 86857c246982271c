import { signIn } from '../../relay/support/sign-in-flow.ts'
import type { Figure } from '../figures.ts'
import { startProgram } from '../program.ts'
import { measureRounds } from '../rounds.ts'
import { percentile } from '../statistics.ts'
import { type Pair, SUPERVISOR_ID } from './pair.ts'
import type { WayAnswer, WayRequest } from './way-load.ts'

const POSTS = 300

/**
 * From the post to a client's having it: ours is a client of the other relay, the floor one of the relay that took the delivery. Both
 * are told of the same events.
 */
export async function measureWay({ url, relays: [one, two] }: Pair): Promise<Figure> {
  const { token } = await signIn({ relay: { url } }, SUPERVISOR_ID)
  const load = startProgram<WayRequest, WayAnswer>(new URL('way-load.ts', import.meta.url), [token, one.url, two.url])
  try {
    await load.ready
    const rounds = await measureRounds({
      name: 'B17, way to a client of the other relay',
      measure: () => load.ask({ takingUrl: one.url, otherUrl: two.url, headers: one.headers, posts: POSTS }),
      floorOf: ({ takingMs }) => percentile(takingMs, 0.5),
      say: console.error,
    })
    return {
      name: 'B17 delivery to a client of the other relay, p50',
      unit: 'ms',
      ours: rounds.map(({ otherMs }) => percentile(otherMs, 0.5)),
      floor: rounds.map(({ takingMs }) => percentile(takingMs, 0.5)),
      goal: { of: 'difference', atMost: 3 },
    }
  } finally {
    await load.close()
  }
}
