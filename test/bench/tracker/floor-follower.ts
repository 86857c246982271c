import { type FloorSession, trackFloor } from './floor.ts'
import type { CallReading, Follower } from './follower.ts'

/** The floor, made to look like the others. */
export function createFloor(): Follower {
  const sessions = new Map<string, FloorSession>()
  return {
    tells: { everyParty: true, reasons: false, times: false },
    track: (raw) => trackFloor(sessions, raw as Parameters<typeof trackFloor>[1]),
    passTime() {},
    readCall(telephonySessionId) {
      const session = sessions.get(telephonySessionId)
      return session && readCodes(session)
    },
  }
}

function readCodes({ codes }: FloorSession): CallReading {
  return new Map(
    [...codes].map(([id, code]) => [
      id,
      { end: code === 'Disconnected' || code === 'Gone' ? { code, reason: undefined } : undefined, spent: undefined },
    ]),
  )
}
