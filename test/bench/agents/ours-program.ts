import type { LoggedEvent, SessionIndexEntry } from '../../../relay/log/event-log.ts'
import type { View } from '../../../relay/people/view.ts'
import { createFanOut, type FanOutLog, type Listener } from '../../../relay/stream/fan-out.ts'
import { createCollectedLogger } from '../../relay/support/collected-logger.ts'
import { serveRequests } from '../serve-requests.ts'
import { SUPERVISORS } from './account.ts'
import { type AgentsAnswer, type AgentsRequest, driveFanOut, type FanOutUnderTest } from './drive.ts'

/** Ours: the relay's decision who may see what, and the frames that they are sent, over a log that is only remembered. */

serveRequests<AgentsRequest, AgentsAnswer>((request) => driveFanOut(request, createOurs()))

function createOurs(): FanOutUnderTest {
  const log = createRememberedLog()
  const { logger } = createCollectedLogger()
  const fanOut = createFanOut(log, logger, { observeFanOut: () => undefined })
  const listen = (view: View, count: (bytes: number) => void): Listener => ({
    view,
    position: log.headPosition,
    send: (frame) => count(frame.length),
    fail: () => {
      throw new Error('no event should be unreadable')
    },
  })
  return {
    remember: log.remember,
    join({ agents, teams }, count) {
      for (const extensionId of agents) fanOut.join(listen({ kind: 'session', extensionId }, count))
      for (const team of teams) {
        fanOut.join(listen({ kind: 'watched', extensionId: `leader of ${team[0]}`, watched: new Set(team) }, count))
      }
      for (let index = 0; index < SUPERVISORS; index += 1) {
        fanOut.join(listen({ kind: 'account', extensionId: `supervisor ${index}` }, count))
      }
    },
    async passOn(events) {
      log.append(events)
      const last = events.at(-1)?.position ?? 0
      while (fanOut.position < last) await new Promise(setImmediate)
    },
  }
}

interface RememberedLog extends FanOutLog {
  remember(events: readonly LoggedEvent[]): void
  append(events: readonly LoggedEvent[]): void
}

function createRememberedLog(): RememberedLog {
  const bySession = new Map<string, LoggedEvent[]>()
  const listeners = new Set<(events: readonly LoggedEvent[]) => void>()
  let headPosition = 0
  const remember = (events: readonly LoggedEvent[]) => {
    for (const event of events) {
      const known = bySession.get(event.telephonySessionId) ?? []
      known.push(event)
      bySession.set(event.telephonySessionId, known)
      headPosition = event.position
    }
  }
  return {
    get headPosition() {
      return headPosition
    },
    remember,
    append(events) {
      remember(events)
      for (const listener of listeners) listener(events)
    },
    onRenamed: () => undefined,
    onAppended(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    readSession: async (id, beforePosition) =>
      (bySession.get(id) ?? []).filter(({ position }) => position < beforePosition),
    readSessionIndex: async (id): Promise<readonly SessionIndexEntry[]> => bySession.get(id) ?? [],
  }
}
