import { describe, expect, it } from 'vitest'
import { linkCalls } from '../../../shared/call/journey.ts'
import { Tracker } from '../../../shared/call/track.ts'
import { type KindOf, selectRuledLegs } from '../../../shared/rules/ruled-leg.ts'
import { loadStream, type StreamName } from '../../support/streams.ts'

const kindOf: KindOf = (id) =>
  id === '400195'
    ? 'queue'
    : id === '400190' || id === '400191'
      ? 'machine'
      : id.startsWith('4001')
        ? 'person'
        : undefined
const knowsNobody: KindOf = () => undefined

/** What can be acted on after each event that changed it: `phase of owner`, with the queue and the caller of the last. */
function describeStream(name: StreamName, kinds = kindOf): readonly string[] {
  const trackers = new Map<string, Tracker>()
  const told: string[] = []
  for (const event of loadStream(name)) {
    const { telephonySessionId: id } = event
    const tracker = trackers.get(id) ?? new Tracker(id)
    trackers.set(id, tracker)
    tracker.take(event)
    const legs = linkCalls([...trackers.values()]).flatMap((journey) =>
      journey.calls.flatMap((call) => selectRuledLegs(call, { kindOf: kinds, journey })),
    )
    const text = legs
      .map(({ phase, ownerId, queueId }) => `${ownerId} ${phase}${queueId ? ` ${queueId}` : ''}`)
      .join(', ')
    if (text !== told.at(-1)) told.push(text)
  }
  return told
}

describe('the legs that rules can act on', () => {
  it.each<readonly [StreamName, readonly string[]]>([
    ['direct-call', ['', '400102 rings', '400102 connected', '']],
    ['pstn-to-user', ['', '400102 rings', '400102 connected', '']],
    ['ivr-menu', ['', '400102 rings', '400102 connected', '']],
    [
      'queue-answered',
      [
        '',
        '400195 waits 400195',
        '400195 waits 400195, 400102 rings 400195',
        '400195 waits 400195, 400102 rings 400195, 400104 rings 400195',
        '400195 waits 400195, 400102 rings 400195, 400104 rings 400195, 400103 rings 400195',
        '400102 connected 400195',
        '',
      ],
    ],
    [
      'queue-rings-again',
      [
        '',
        '400195 waits 400195',
        '400195 waits 400195, 400102 rings 400195',
        '400195 waits 400195',
        '400195 waits 400195, 400104 rings 400195',
        '400195 waits 400195',
        '400195 waits 400195, 400102 rings 400195',
        '400102 connected 400195',
        '',
      ],
    ],
    ['caller-gave-up', ['', '400102 rings', '']],
    ['replied', ['', '400102 rings', '']],
    ['voicemail', ['', '400102 rings', '']],
    ['fax', ['', '400102 rings', '']],
    ['blind-transfer', ['', '400102 rings', '400102 connected', '', '400104 rings', '400104 connected', '']],
    ['transfer-to-me', ['', '400104 rings', '400104 connected', '', '400102 connected', '']],
    ['park-and-pick-up', ['', '400102 rings', '400102 connected', '', '400104 connected', '']],
    ['monitoring', ['', '400102 rings', '400102 connected', '']],
    ['rung-in-a-name', ['', '400102 rings', '400102 rings, 400104 rings', '400104 connected', '']],
    ['internal-call', ['']],
    ['user-to-user', ['']],
    ['user-to-pstn', ['']],
    ['ring-out', ['']],
    ['ring-out-without-roles', ['']],
    ['conference', ['']],
  ])('are those of who calls from outside: %s', (name, expected) => {
    expect(describeStream(name)).toEqual(expected)
  })

  it('are told by what is heard of them where the directory tells nothing', () => {
    expect(describeStream('direct-call', knowsNobody)).toEqual(['', '400102 rings', '400102 connected', ''])
    expect(describeStream('ivr-menu', knowsNobody)).toEqual(['', '400102 rings', '400102 connected', ''])
    expect(describeStream('queue-abandoned', knowsNobody)[1]).toBe('400195 waits 400195, 400102 rings 400195')
  })

  it('tell who calls, what they dialled, and for how long it rang', () => {
    const [tracker, leg] = legAfter('pstn-to-user', 'Answered')
    expect(leg).toMatchObject({
      telephonySessionId: tracker.telephonySessionId,
      caller: '+14085550123',
      callerKey: { key: 'tel:+14085550123' },
      calledKey: { key: 'tel:+18005550100' },
    })
    expect((leg?.connectedMs ?? 0) - (leg?.ringSinceMs ?? 0)).toBe(7345)
    expect(legAfter('anonymous', 'Answered')[1]).toMatchObject({ caller: undefined, callerKey: { kind: 'withheld' } })
  })

  it('tell of a call that a colleague passed on what the caller dialled at first', () => {
    const trackers = new Map<string, Tracker>()
    const dialled = new Set<string | undefined>()
    for (const event of loadStream('transfer-to-me')) {
      const tracker = trackers.get(event.telephonySessionId) ?? new Tracker(event.telephonySessionId)
      trackers.set(event.telephonySessionId, tracker)
      tracker.take(event)
      for (const journey of linkCalls([...trackers.values()]))
        for (const call of journey.calls)
          for (const { calledKey } of selectRuledLegs(call, { kindOf, journey })) dialled.add(calledKey.key)
    }
    expect([...dialled]).toEqual(['tel:+14085550104'])
  })
})

/** The first session of a stream after the first called party was told with a code, and its last leg. */
function legAfter(name: StreamName, code: string) {
  const events = loadStream(name)
  const tracker = new Tracker(events[0]?.telephonySessionId ?? '')
  for (const event of events) {
    tracker.take(event)
    if (event.parties.some(({ direction, status }) => direction === 'Inbound' && status.rawCode === code)) break
  }
  const [journey] = linkCalls([tracker])
  return [tracker, journey && selectRuledLegs(tracker, { kindOf, journey }).at(-1)] as const
}
