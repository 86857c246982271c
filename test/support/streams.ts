import { readFileSync } from 'node:fs'
import type { TelephonyNotification } from '../../shared/protocol/notification.ts'
import { readStream } from '../replay/read-stream.ts'
import type { Report } from '../replay/report.ts'

/** The shipped streams: real traffic with invented people. */
export const STREAM_NAMES = ['pstn-to-user', 'user-to-pstn', 'user-to-user'] as const
export type StreamName = (typeof STREAM_NAMES)[number]

/** The extension id of the agent who has a part in all of them. */
export const AGENT_EXTENSION_ID = '400102'

export function streamPath(name: StreamName, file = 'events.jsonl'): string {
  return new URL(`../streams/${name}/${file}`, import.meta.url).pathname
}

export function loadStream(name: StreamName): readonly TelephonyNotification[] {
  return readStream(readFileSync(streamPath(name), 'utf8')).events.map(({ notification }) => notification)
}

export function loadExpected(name: StreamName): Report {
  return JSON.parse(readFileSync(streamPath(name, 'expected.json'), 'utf8'))
}
