import { expect, it } from 'vitest'
import { inventOffice } from './office.ts'
import { createReception } from './reception.ts'
import { playStretches } from './stretches.ts'

const [stretch = []] = playStretches(inventOffice(), 1)
const [pattern] = stretch
if (pattern === undefined) throw new Error('a stretch should have events')
const eventOf = (uuid: string, members: readonly string[]) => ({ ...pattern, uuid, members: new Set(members) })
const frameOf = (...uuids: readonly string[]) =>
  JSON.stringify({ type: 'events', events: uuids.map((uuid) => ({ notification: { uuid } })) })

it('everybody has everything when each has what is theirs, and who sees all has all of it', async () => {
  const reception = createReception()
  const [agent, other, supervisor] = [reception.join('7'), reception.join('8'), reception.join(undefined)]
  const events = [eventOf('1', ['7']), eventOf('2', ['7', '8', 'a queue'])]
  let isResolved = false
  const received = reception.expect(events).then((latenciesMs) => {
    isResolved = true
    return latenciesMs
  })
  for (const event of events) reception.noteSent(event)
  supervisor(frameOf('1', '2'))
  agent(frameOf('1'))
  agent(frameOf('2'))
  // What is not theirs, and what they have had already, does not count for what is missing.
  other(frameOf('1'))
  agent(frameOf('2'))
  await Promise.resolve()
  expect(isResolved).toBe(false)
  other(frameOf('2'))
  const latenciesMs = await received
  expect(latenciesMs).toHaveLength(5)
  for (const latencyMs of latenciesMs) expect(latencyMs).toBeGreaterThanOrEqual(0)
})
