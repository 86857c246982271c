import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readStream } from '../replay/read-stream.ts'
import { type StreamName, streamPath } from './streams.ts'

/** An envelope as the platform sends it, by its sequence. */
export interface NumberedEnvelope {
  readonly sequence: number
  readonly envelope: Readonly<Record<string, unknown>>
}

/** A shipped stream as a call that begins at `startMs`: other ids and uuids, and the recorded distances between its times. */
export function restampStream(name: StreamName, startMs: number): readonly NumberedEnvelope[] {
  const { events } = readStream(readFileSync(streamPath(name), 'utf8'))
  const [first] = events
  if (first === undefined) throw new Error(`the stream ${name} is empty`)
  const shiftMs = startMs - first.notification.eventTimeMs
  const oldKey = first.notification.telephonySessionId.replace(/^s-/, '')
  const newKey = randomUUID().replaceAll('-', '')
  return events.map(({ raw, notification: { sequence } }) => {
    const text = JSON.stringify(raw)
      .replaceAll(oldKey, newKey)
      .replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, (time) =>
        JSON.stringify(new Date(Date.parse(JSON.parse(time)) + shiftMs).toISOString()),
      )
    return { sequence, envelope: { ...JSON.parse(text), uuid: randomUUID() } }
  })
}
