import type { DayEvent } from './stretches.ts'

/** Who is to have which events, and when they had them. A day counts only when everybody has all that is theirs. */
export interface Reception {
  /** Somebody comes who sees their own calls, or everybody's where no extension is given. Returns what takes the text of their frames. */
  join(extensionId: string | undefined): (frame: string) => void
  /** Expects these events to reach whoever is there. Resolves, when all have all, with how long each took to each, in ms. */
  expect(events: readonly DayEvent[]): Promise<readonly number[]>
  /** The event is being posted. */
  noteSent(event: DayEvent): void
}

/** What is still to come of one event. */
interface Awaited {
  sentMs: number
  readonly clients: Set<number>
}

export function createReception(): Reception {
  const clientsBySight = new Map<string | undefined, number[]>()
  let clients = 0
  let awaited = new Map<string, Awaited>()
  let latenciesMs: number[] = []
  let onEverything: () => void = () => undefined

  function take(client: number, uuid: string, nowMs: number): void {
    const event = awaited.get(uuid)
    // Also what came before somebody had a part is handed to them, and is not timed.
    if (event === undefined || !event.clients.delete(client)) return
    latenciesMs.push(nowMs - event.sentMs)
    if (event.clients.size > 0) return
    awaited.delete(uuid)
    if (awaited.size === 0) onEverything()
  }

  function listClients({ members }: DayEvent): Set<number> {
    return new Set([undefined, ...members].flatMap((sight) => clientsBySight.get(sight) ?? []))
  }

  return {
    join(extensionId) {
      const client = clients
      clients += 1
      clientsBySight.set(extensionId, [...(clientsBySight.get(extensionId) ?? []), client])
      return (frame) => {
        const nowMs = performance.now()
        for (const [, uuid = ''] of frame.matchAll(/"uuid":"([^"]+)"/g)) take(client, uuid, nowMs)
      }
    },
    expect(events) {
      latenciesMs = []
      awaited = new Map(events.map((event) => [event.uuid, { sentMs: Number.NaN, clients: listClients(event) }]))
      return new Promise((resolve) => {
        onEverything = () => resolve(latenciesMs)
      })
    },
    noteSent({ uuid }) {
      const event = awaited.get(uuid)
      if (event !== undefined) event.sentMs = performance.now()
    },
  }
}
