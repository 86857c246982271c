import { describe, expect, it } from 'vitest'
import { isWorthCard } from '../../../shared/call/pop.ts'
import { emptyTrackedCall, trackNotification } from '../../../shared/call/track.ts'
import { buildEnvelope, buildParty, decode, type PartyFields } from '../../support/notification.ts'

describe('a card is worth showing', () => {
  const cases: readonly (readonly [worth: boolean, what: string, origin: string, fields: PartyFields])[] = [
    [true, 'for a call', 'Call', {}],
    [true, 'for an origin that nobody knows yet', 'Hologram', {}],
    [true, 'for the leg to the other side of a call that RingCentral places', 'RingOut', { ringOutRole: 'Target' }],
    [false, 'for the leg to my own phone of such a call', 'RingOut', { ringOutRole: 'Initiator' }],
    [false, 'for the recording of a greeting', 'GreetingsRecording', {}],
    [false, 'for a verification call', 'VerificationCall', {}],
    [false, 'for a test call', 'TestCall', {}],
  ]
  it.each(cases)('%s: %s', (worth, _, type, fields) => {
    const envelope = buildEnvelope({ parties: [buildParty(fields)] })
    const notification = decode({ ...envelope, body: { ...(envelope.body as object), origin: { type } } })
    const { call } = trackNotification(emptyTrackedCall('s-1'), notification)
    const [leg] = call.legs
    expect(leg && isWorthCard(call, leg)).toBe(worth)
  })
})
