import * as v from 'valibot'
import type { Clock } from '../../shared/clock.ts'
import { HOUR_MS } from '../../shared/time.ts'
import type { Login } from '../people/login.ts'
import type { PersonClient } from './person-client.ts'

/** Features that account and extension have or lack, as RingCentral tells each person of themselves; asked once an hour. */
export interface ServiceFeatures {
  /** Why RingCentral says that a person lacks a feature; `undefined`: they have it, or nobody knows. */
  lacking(login: Login, feature: string): Promise<string | undefined>
}

const text = v.fallback(v.optional(v.string()), undefined)
const feature = v.object({ featureName: v.string(), enabled: v.boolean(), reason: text })
const answer = v.object({ serviceFeatures: v.array(v.fallback(v.nullable(feature), null)) })

/** By the names of the features that are not there: why. */
type Lacking = ReadonlyMap<string, string>

export function createServiceFeatures(client: PersonClient, clock: Pick<Clock, 'elapsedMs'>): ServiceFeatures {
  const byPerson = new Map<string, { readonly lacking: Promise<Lacking>; readonly atMs: number }>()

  async function read(login: Login): Promise<Lacking> {
    const { serviceFeatures } = v.parse(answer, await client.send(login, { method: 'GET', path: '/extension/~' }))
    return new Map(
      serviceFeatures.flatMap((one) =>
        one === null || one.enabled ? [] : [[one.featureName, one.reason ?? 'not available'] as const],
      ),
    )
  }

  return {
    async lacking(login, name) {
      const { extensionId } = login
      const known = byPerson.get(extensionId)
      const isFresh = known !== undefined && clock.elapsedMs() - known.atMs < HOUR_MS
      const lacking = isFresh ? known.lacking : read(login)
      if (!isFresh) byPerson.set(extensionId, { lacking, atMs: clock.elapsedMs() })
      try {
        return (await lacking).get(name)
      } catch {
        // Nothing depends on it: what is tried all the same RingCentral refuses by itself.
        byPerson.delete(extensionId)
        return undefined
      }
    },
  }
}
