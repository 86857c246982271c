import * as v from 'valibot'
import type { Clock } from '../../../shared/clock.ts'
import { type Colleague, colleaguesAnswer } from '../../../shared/protocol/http/colleagues.ts'
import { ROUTES } from '../../../shared/protocol/http/routes.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { RelayClient } from '../../lib/relay/relay-client.ts'

/** Everybody of the account whom a call may be given to, as the relay told them last. */
export interface Colleagues {
  /** As good as it gets within a moment: whoever types is not kept waiting, and what comes later is there for the next letter. */
  list(): Promise<readonly Colleague[]>
}

/** What they are doing changes with each call of theirs. */
export const COLLEAGUES_LIFE_MS = 15 * SECOND_MS
/** Longer than a relay takes that knows them. */
export const COLLEAGUES_WAIT_MS = 2 * SECOND_MS

export function createColleagues({
  client,
  clock,
}: {
  readonly client: RelayClient
  readonly clock: Pick<Clock, 'nowMs' | 'after'>
}): Colleagues {
  let known: readonly Colleague[] = []
  let freshUntilMs = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined

  /** A relay of an older version does not know them: then there are those that were talked to. */
  async function ask(): Promise<void> {
    const { body } = await client.send({ method: 'GET', path: ROUTES.colleagues })
    const read = v.safeParse(colleaguesAnswer, body)
    if (read.success) known = read.output.colleagues
    // A relay that has just begun to read them has none to tell yet.
    const isThere = known.length > 0 || !read.success
    freshUntilMs = clock.nowMs() + (isThere ? COLLEAGUES_LIFE_MS : COLLEAGUES_WAIT_MS)
  }

  return {
    async list() {
      if (clock.nowMs() < freshUntilMs) return known
      asking ??= ask().finally(() => {
        asking = undefined
      })
      const late = Promise.withResolvers<void>()
      const cancel = clock.after(COLLEAGUES_WAIT_MS, late.resolve)
      await Promise.race([asking, late.promise])
      cancel()
      return known
    },
  }
}
