import { restampStream } from '../../support/restamp.ts'

/** Calls that go on at the same time, so that neighbouring events belong to different ones. */
const CALLS_AT_A_TIME = 64

/** Bodies of telephony events, about 780 bytes each: recorded calls anew, with ids and uuids that were not there before. */
export function createEvents(count: number): readonly string[] {
  const bodies: string[] = []
  while (bodies.length < count) bodies.push(...createCalls())
  return bodies.slice(0, count)
}

function createCalls(): readonly string[] {
  const calls = Array.from({ length: CALLS_AT_A_TIME }, () => restampStream('pstn-to-user', Date.now()))
  return calls
    .flat()
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ envelope }) => JSON.stringify(envelope))
}
