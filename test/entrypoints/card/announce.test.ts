import { describe, expect, it } from 'vitest'
import { hear, listAlerts, selectAnnounced, selectNewAlert } from '../../../entrypoints/card/announce.ts'
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

describe('an alert by a rule', () => {
  const apart = { name: 's-1 alert VIP', rule: 'VIP', text: 'Ring back', caller: 'Ada Winter', atMs: 1 }
  const shown = { calls: [talking('a')], alerts: [apart] }
  const keys = (one: typeof shown) => new Set(listAlerts(one).map(({ key }) => key))

  it('is said once, with the caller where there is no card that says who it is', () => {
    expect(selectNewAlert(new Set(), shown)).toBe('Ring back, Ada Winter')
    expect(selectNewAlert(keys(shown), shown)).toBeUndefined()
    const call = buildCardCall({ ruleAlerts: [{ rule: 'Late', text: 'Mind the time' }] })
    expect(selectNewAlert(keys(shown), { calls: [call], alerts: [apart] })).toBe('Mind the time')
  })

  it('is not said again when its call becomes the person’s', () => {
    const call = buildCardCall({ ruleAlerts: [{ rule: 'VIP', text: 'Ring back' }] })
    expect(selectNewAlert(keys(shown), { calls: [call], alerts: [] })).toBeUndefined()
  })
})
