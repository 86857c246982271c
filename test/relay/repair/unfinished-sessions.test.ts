import { describe, expect, it } from 'vitest'
import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import { findUnfinishedSessions } from '../../../relay/repair/unfinished-sessions.ts'
import { buildStatusRecord, toNewEvent } from '../../../relay/wire/status-record.ts'
import { notification } from '../support/notification.ts'

/** Which sessions go on, as far as a log knows. */

const EVENT_MS = Date.parse('2026-01-05T09:00:00.000Z')

type Line = readonly [session: string, sequence: number, code: string]

async function logOf(...lines: readonly Line[]) {
  const log = createMemoryEventLog()
  for (const [telephonySessionId, sequence, code] of lines) {
    const content = notification({ telephonySessionId, sequence, code })
    await log.append({
      uuid: content.uuid,
      telephonySessionId,
      extensionIds: ['400102'],
      receivedAtMs: EVENT_MS,
      text: JSON.stringify(content),
    })
  }
  return log
}

const find = async (log: Awaited<ReturnType<typeof logOf>>) =>
  (await findUnfinishedSessions(log, new AbortController().signal)).map(({ telephonySessionId }) => telephonySessionId)

describe('goes on', () => {
  it.each<[what: string, lines: readonly Line[], expected: readonly string[]]>([
    ['what rings', [['a', 2, 'Proceeding']], ['a']],
    [
      'not what has ended',
      [
        ['a', 2, 'Answered'],
        ['a', 3, 'Disconnected'],
      ],
      [],
    ],
    [
      'not what ended out of order',
      [
        ['a', 3, 'Disconnected'],
        ['a', 2, 'Answered'],
      ],
      [],
    ],
    [
      'one of two',
      [
        ['a', 2, 'Answered'],
        ['b', 2, 'Gone'],
      ],
      ['a'],
    ],
    ['not a call whose end alone arrived', [['a', 9, 'Disconnected']], []],
  ])('%s', async (_what, lines, expected) => {
    expect(await find(await logOf(...lines))).toEqual(expected)
  })

  it('not what an answer of before said is over', async () => {
    const log = await logOf(['a', 2, 'Answered'], ['b', 2, 'Answered'])
    await log.append(toNewEvent(buildStatusRecord('a', EVENT_MS + 1000, undefined), EVENT_MS))
    expect(await find(log)).toEqual(['b'])
  })

  it('what an answer alone tells of', async () => {
    const log = await logOf()
    const session = { parties: [{ id: 'p-1', extensionId: '400102', status: { code: 'Hold' } }] }
    await log.append(toNewEvent(buildStatusRecord('a', EVENT_MS, session), EVENT_MS))
    expect(await findUnfinishedSessions(log, new AbortController().signal)).toEqual([
      { telephonySessionId: 'a', latestMs: EVENT_MS },
    ])
  })

  it('what is found in ten thousand events of others', async () => {
    const log = await logOf(['live', 2, 'Answered'])
    const text = JSON.stringify(notification({ telephonySessionId: 'over', sequence: 2, code: 'Disconnected' }))
    const events = Array.from({ length: 10_000 }, (_, index) => ({
      position: index + 2,
      telephonySessionId: `over-${index}`,
      extensionIds: [],
      receivedAtMs: EVENT_MS,
      text: text.replaceAll('over', `over-${index}`),
    }))
    const all = [...(await log.read(0, 1)), ...events]
    const read = async (afterPosition: number, limit: number) => all.slice(afterPosition, afterPosition + limit)
    const found = await findUnfinishedSessions({ headPosition: all.length, read }, new AbortController().signal)
    expect(found.map(({ telephonySessionId }) => telephonySessionId)).toEqual(['live'])
  })
})

it('stops reading when it is told to', async () => {
  const log = await logOf(['a', 2, 'Answered'])
  expect(await findUnfinishedSessions(log, AbortSignal.abort())).toEqual([])
})
