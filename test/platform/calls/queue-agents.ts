import type { Directory } from '../directory.ts'
import type { Person } from '../people.ts'
import type { Queue } from '../queue.ts'
import type { LiveCalls } from './live-calls.ts'

/** Which agents of a queue can be rung now. */
export interface QueueAgents {
  /** In the order in which the queue rings them. */
  free(queue: Queue): readonly Person[]
  /** Leaves an agent alone for so long, which may be no time at all; being idle counts from now. */
  rest(extensionId: string, ms: number): void
}

export function createQueueAgents(world: {
  readonly calls: LiveCalls
  readonly directory: Directory
  readonly nowMs: () => number
}): QueueAgents {
  const { calls, directory, nowMs } = world
  const restUntilMs = new Map<string, number>()
  const idleSinceMs = new Map<string, number>()
  const sinceOf = ({ extensionId }: Person): number => idleSinceMs.get(extensionId) ?? 0

  /** Whoever left a message to a box or parked a call can be rung. */
  const listBusy = (): ReadonlySet<string | undefined> =>
    new Set(
      calls.live().flatMap((session) =>
        session
          .present()
          .filter(({ code }) => code !== 'VoiceMail' && code !== 'Parked')
          .map(({ extensionId }) => extensionId),
      ),
    )

  return {
    free({ agents, settings }) {
      const busy = settings.ringsBusyAgents ? new Set() : listBusy()
      const free = agents.filter(
        ({ extensionId }) =>
          directory.isEnabled(extensionId) && (restUntilMs.get(extensionId) ?? 0) <= nowMs() && !busy.has(extensionId),
      )
      return settings.transferMode === 'Rotating' ? free.sort((a, b) => sinceOf(a) - sinceOf(b)) : free
    },
    rest(extensionId, ms) {
      idleSinceMs.set(extensionId, nowMs())
      restUntilMs.set(extensionId, nowMs() + ms)
    },
  }
}
