import { serveRequests } from '../serve-requests.ts'
import { SUPERVISORS } from './account.ts'
import { type AgentsAnswer, type AgentsRequest, driveFanOut, type FanOutUnderTest } from './drive.ts'

/**
 * The floor: a table of who looks at which extension, and for each session the extensions that were in it. Everybody who has ever had
 * a part is handed the event, in one frame with what else there is for them; nobody is sent what came before, and nothing is checked.
 */

serveRequests<AgentsRequest, AgentsAnswer>((request) => driveFanOut(request, createFloor()))

interface Sink {
  pending: string[]
}

function createFloor(): FanOutUnderTest {
  const byExtension = new Map<string, Sink[]>()
  const ofAll: Sink[] = []
  const members = new Map<string, Set<string>>()
  let count: (bytes: number) => void = () => undefined

  const note = (telephonySessionId: string, extensionIds: readonly string[]): ReadonlySet<string> => {
    const known = members.get(telephonySessionId) ?? new Set()
    for (const id of extensionIds) known.add(id)
    members.set(telephonySessionId, known)
    return known
  }
  const look = (extensionId: string, sink: Sink): void => {
    const sinks = byExtension.get(extensionId) ?? []
    sinks.push(sink)
    byExtension.set(extensionId, sinks)
  }
  return {
    remember(events) {
      for (const { telephonySessionId, extensionIds } of events) note(telephonySessionId, extensionIds)
    },
    join({ agents, teams }, counted) {
      count = counted
      for (const extensionId of agents) look(extensionId, { pending: [] })
      for (const team of teams) {
        const leader: Sink = { pending: [] }
        for (const extensionId of team) look(extensionId, leader)
      }
      for (let index = 0; index < SUPERVISORS; index += 1) ofAll.push({ pending: [] })
    },
    async passOn(events) {
      const touched = new Set<Sink>()
      for (const { telephonySessionId, extensionIds, text } of events) {
        const sinks = new Set(ofAll)
        for (const id of note(telephonySessionId, extensionIds)) {
          for (const sink of byExtension.get(id) ?? []) sinks.add(sink)
        }
        for (const sink of sinks) {
          sink.pending.push(text)
          touched.add(sink)
        }
      }
      for (const sink of touched) {
        count(Buffer.from(`{"type":"events","events":[${sink.pending.join(',')}]}`).length)
        sink.pending = []
      }
    },
  }
}
