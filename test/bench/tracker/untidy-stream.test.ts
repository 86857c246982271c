import { describe, expect, it } from 'vitest'
import { decodeNotification } from '../../../shared/protocol/notification.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { listChanges } from './call-plan.ts'
import { createUntidyStream } from './untidy-stream.ts'

const stream = createUntidyStream(7, 200)
const changes = stream.plans.flatMap(listChanges).length
const lost = [...stream.lost.values()].reduce((sum, sequences) => sum + sequences.size, 0)
const arrived = stream.deliveries.map(({ arrivesAtMs, text }) => {
  const decoded = decodeNotification(JSON.parse(text))
  if (decoded.kind !== 'telephony') throw new Error('every delivery should be a telephony event')
  const { telephonySessionId, sequence, uuid, eventTimeMs } = decoded.notification
  return { key: `${telephonySessionId} ${sequence}`, uuid: `${uuid}`, lateMs: arrivesAtMs - eventTimeMs }
})

describe('createUntidyStream', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(createUntidyStream(7, 200)).toEqual(stream)
    expect(createUntidyStream(8, 200)).not.toEqual(stream)
  })

  it('loses about one change in twenty, and delivers every other one', () => {
    expect(lost / changes).toBeCloseTo(0.05, 1)
    expect(new Set(arrived.map(({ key }) => key)).size).toBe(changes - lost)
  })

  it('loses ends, too', () => {
    const ends = stream.plans.filter((plan) => {
      const last = listChanges(plan).at(-1)
      return last !== undefined && stream.lost.get(plan.telephonySessionId)?.has(last.sequence) === true
    })
    expect(ends.length).toBeGreaterThan(0)
  })

  it('repeats about three in ten, half of them under another uuid', () => {
    const repeats = arrived.length - (changes - lost)
    const sameUuid = arrived.length - new Set(arrived.map(({ uuid }) => uuid)).size
    expect(repeats / (changes - lost)).toBeCloseTo(0.3, 1)
    expect(sameUuid / repeats).toBeCloseTo(0.5, 1)
  })

  it('delivers out of order, and some more than a minute late', () => {
    const inOrder = new Map<string, number>()
    let overtaken = 0
    for (const { key } of arrived) {
      const [session = '', sequence = ''] = key.split(' ')
      const highest = inOrder.get(session) ?? 0
      if (Number(sequence) < highest) overtaken += 1
      inOrder.set(session, Math.max(highest, Number(sequence)))
    }
    expect(overtaken).toBeGreaterThan(arrived.length / 20)
    expect(arrived.filter(({ lateMs }) => lateMs > MINUTE_MS).length).toBeGreaterThan(arrived.length / 100)
  })
})
