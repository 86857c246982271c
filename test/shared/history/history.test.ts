import { describe, expect, it } from 'vitest'
import { emptyHistory, insertNotification, missingSequences } from '../../../shared/history/history.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { at, buildEnvelope, buildParty, decode, step } from '../../support/notification.ts'

function historyOf(...notifications: readonly TelephonyNotification[]) {
  return notifications.reduce(
    (history, notification) => insertNotification(history, notification).history,
    emptyHistory('s-1'),
  )
}

describe('order', () => {
  it('goes by sequence, whatever came first and whatever the times say', () => {
    const history = historyOf(step(7, 10, 'Hold'), step(2, 30, 'Setup'), step(4, 20, 'Answered'))
    expect(history.entries.map(({ sequence }) => sequence)).toEqual([2, 4, 7])
  })

  it('goes by party id where parties share a sequence', () => {
    const history = historyOf(
      step(5, 0, 'Setup', { id: 'p-3' }),
      step(5, 0, 'Setup', { id: 'p-1' }),
      step(5, 0, 'Setup', { id: 'p-2' }),
    )
    expect(history.entries.map(({ partyId }) => partyId)).toEqual(['p-1', 'p-2', 'p-3'])
  })

  it('says from where on it changed', () => {
    const history = historyOf(step(2, 0, 'Setup'), step(4, 20, 'Answered'))
    expect(insertNotification(history, step(3, 10, 'Proceeding')).from).toBe(1)
    expect(insertNotification(history, step(5, 30, 'Hold')).from).toBe(2)
  })
})

describe('sameness', () => {
  it('leaves the history as it was when an event is repeated', () => {
    const history = historyOf(step(2, 0, 'Setup'), step(3, 10, 'Proceeding'))
    expect(insertNotification(history, step(2, 0, 'Setup'))).toEqual({ history, from: undefined })
    expect(insertNotification(history, step(2, 0, 'Setup')).history).toBe(history)
  })

  const versions = [
    ['the later timestamp', { timestamp: at(100), uuid: 'a' }, { timestamp: at(200), uuid: 'A' }],
    ['the greater uuid at equal timestamps, compared as text', { uuid: '10' }, { uuid: '9' }],
  ] as const
  it.each(versions)('believes %s of two contents, whichever comes first', (_, lesser, greater) => {
    const older = decode(buildEnvelope({ ...lesser, parties: [buildParty({ status: { code: 'Setup' } })] }))
    const newer = decode(buildEnvelope({ ...greater, parties: [buildParty({ status: { code: 'Proceeding' } })] }))
    for (const history of [historyOf(older, newer), historyOf(newer, older)]) {
      expect(history.entries.map(({ party }) => party?.status.code)).toEqual(['Proceeding'])
    }
  })

  it('decides by content when even timestamp and uuid are equal', () => {
    const setup = decode(buildEnvelope({ parties: [buildParty({ status: { code: 'Setup' } })] }))
    const hold = decode(buildEnvelope({ parties: [buildParty({ status: { code: 'Hold' } })] }))
    expect(historyOf(setup, hold)).toEqual(historyOf(hold, setup))
  })

  it('keeps every party of an event, and an event without parties', () => {
    const several = decode(buildEnvelope({ parties: [buildParty({ id: 'p-2' }), buildParty({ id: 'p-1' })] }))
    const none = decode(buildEnvelope({ sequence: 3, parties: [] }))
    expect(historyOf(several, none).entries.map(({ partyId }) => partyId)).toEqual(['p-1', 'p-2', ''])
  })
})

describe('missing numbers', () => {
  it('are those between the first and the last one seen', () => {
    expect(missingSequences(historyOf(step(3, 0, 'Setup'), step(5, 0, 'Hold'), step(8, 0, 'Gone')))).toEqual([4, 6, 7])
  })

  it('are none where nothing is absent, and none before the first', () => {
    expect(missingSequences(emptyHistory('s-1'))).toEqual([])
    expect(missingSequences(historyOf(step(6, 0, 'Setup'), step(7, 0, 'Hold')))).toEqual([])
  })

  it('stay countable when a number is absurd', () => {
    expect(missingSequences(historyOf(step(2, 0, 'Setup'), step(2 ** 50, 0, 'Hold')))).toHaveLength(1000)
  })
})
