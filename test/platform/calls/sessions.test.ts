import { expect, test } from 'vitest'
import { loadNotifications } from '../../support/streams.ts'
import type { Happening } from './notification.ts'
import { createSessions } from './sessions.ts'

test('a recorded call is live until its last party leaves', () => {
  const sessions = createSessions()
  const recording = loadNotifications('pstn-to-user')
  const id = recording[0]?.body.telephonySessionId ?? ''
  for (const happening of recording) {
    sessions.record(happening)
    expect(sessions.find(id) === undefined).toBe(happening === recording.at(-1))
  }
  expect(sessions.recent()).toMatchObject([{ telephonySessionId: id, isOver: true, lastChange: { sequence: 12 } }])
})

test('of two events that come in the wrong order, the higher number counts', () => {
  const [, , , , setup, proceeding] = loadNotifications('pstn-to-user')
  const sessions = createSessions()
  for (const happening of [proceeding, setup]) sessions.record(happening as Happening)
  expect(sessions.recent()).toMatchObject([
    { parties: [{ status: { code: 'Proceeding' } }], lastChange: { sequence: 7, code: 'Proceeding' } },
  ])
})

test('finished calls beyond the last ten are forgotten, live ones never', () => {
  const sessions = createSessions()
  const last = loadNotifications('pstn-to-user').at(-1) as Happening
  const asSession = (telephonySessionId: string, { body, ...rest }: Happening): Happening => ({
    ...rest,
    body: { ...body, telephonySessionId },
  })
  sessions.record(asSession('live', loadNotifications('pstn-to-user')[0] as Happening))
  for (let index = 0; index < 12; index += 1) sessions.record(asSession(`over-${index}`, last))
  expect(sessions.recent().map(({ telephonySessionId }) => telephonySessionId)).toEqual([
    ...Array.from({ length: 10 }, (_, index) => `over-${11 - index}`),
    'live',
  ])
})
