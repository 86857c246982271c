/**
 * The floor: the highest sequence of a session and the last code of each party, and nothing else. It imports nothing, decodes
 * nothing, keeps no times and forgets nothing.
 */
interface Envelope {
  readonly body: {
    readonly telephonySessionId: string
    readonly sequence: number
    readonly parties: readonly { readonly id: string; readonly status: { readonly code: string } }[]
  }
}

export interface FloorSession {
  sequence: number
  readonly codes: Map<string, string>
}

/** Takes in one event and counts the parties of its session that have not ended. */
export function trackFloor(sessions: Map<string, FloorSession>, { body }: Envelope): number {
  let session = sessions.get(body.telephonySessionId)
  if (session === undefined) {
    session = { sequence: 0, codes: new Map() }
    sessions.set(body.telephonySessionId, session)
  }
  if (body.sequence >= session.sequence) {
    session.sequence = body.sequence
    for (const { id, status } of body.parties) session.codes.set(id, status.code)
  }
  let live = 0
  for (const code of session.codes.values()) if (code !== 'Disconnected' && code !== 'Gone') live += 1
  return live
}
