import { describe, expect, it } from 'vitest'
import { hear, selectAnnounced } from '../../../entrypoints/card/announce.ts'
import { buildCardCall } from '../../support/card-call.ts'

const ringing = (telephonySessionId: string) => buildCardCall({ telephonySessionId, phase: 'ringing' })
const talking = (telephonySessionId: string) => buildCardCall({ telephonySessionId, phase: 'talking' })
const ended = (telephonySessionId: string) => buildCardCall({ telephonySessionId, phase: 'ended', outcome: 'answered' })

describe('said aloud', () => {
  it('once when it rings, however often it is drawn', () => {
    const calls = [ringing('a')]
    expect(selectAnnounced(new Map(), calls)).toMatchObject({ what: 'ringing', call: { telephonySessionId: 'a' } })
    expect(selectAnnounced(hear(calls), calls)).toBeUndefined()
  })

  it('once when it ends, and not that it goes on', () => {
    expect(selectAnnounced(hear([ringing('a')]), [talking('a')])).toBeUndefined()
    expect(selectAnnounced(hear([talking('a')]), [ended('a')])).toMatchObject({ what: 'ended' })
    expect(selectAnnounced(hear([ended('a')]), [ended('a')])).toBeUndefined()
  })

  it('of several the one on top', () => {
    expect(selectAnnounced(hear([talking('a')]), [ringing('b'), ended('a')])).toMatchObject({ what: 'ringing' })
  })

  it('again when a call rings me a second time', () => {
    expect(selectAnnounced(hear([ended('a')]), [ringing('a')])).toMatchObject({ what: 'ringing' })
  })

  it('not of a call that was over before it was heard of, nor of one that I make', () => {
    expect(selectAnnounced(new Map(), [ended('a')])).toBeUndefined()
    expect(selectAnnounced(new Map(), [buildCardCall({ phase: 'calling', direction: 'Outbound' })])).toBeUndefined()
  })

  it('each line for the person once, also when more lines came than are kept', () => {
    const line = (receivedMs: number) => ({ text: 'Offer the free month.', receivedMs })
    const told = (...receivedMs: number[]) => buildCardCall({ phase: 'talking', whispers: receivedMs.map(line) })
    expect(selectAnnounced(hear([told()]), [told(1)])).toMatchObject({ what: 'whisper' })
    expect(selectAnnounced(hear([told(1)]), [told(1)])).toBeUndefined()
    expect(selectAnnounced(hear([told(1, 2, 3)]), [told(2, 3, 4)])).toMatchObject({ what: 'whisper' })
  })
})
