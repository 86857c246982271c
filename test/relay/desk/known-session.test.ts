import { expect, it } from 'vitest'
import { readKnownSession } from '../../../relay/desk/known-session.ts'
import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import { deskEvent } from '../../../relay/wire/desk-record.ts'
import { buildStatusRecord, toNewEvent } from '../../../relay/wire/status-record.ts'
import { newEvent } from '../support/new-event.ts'

const hand = deskEvent({ telephonySessionId: 's-1', kind: 'hand', from: '102', raised: true }, 1000)

it('is nothing where the log has nothing', async () => {
  expect(await readKnownSession(createMemoryEventLog(), 's-1')).toBeUndefined()
})

it('has its members once, and goes on while nothing says otherwise', async () => {
  const log = createMemoryEventLog()
  for (const event of [newEvent('s-1', 2, ['7', '102']), newEvent('s-1', 3, ['102', undefined]), hand]) {
    await log.append(event)
  }
  expect(await readKnownSession(log, 's-1')).toEqual({ memberIds: ['7', '102'], isOver: false })
})

it('is over when RingCentral does not know it any more', async () => {
  const log = createMemoryEventLog()
  await log.append(newEvent('s-1', 2, ['102']))
  await log.append(toNewEvent(buildStatusRecord('s-1', Date.parse('2026-01-05T10:00:00Z'), undefined), 1000))
  await log.append(hand)
  expect((await readKnownSession(log, 's-1'))?.isOver).toBe(true)
})
