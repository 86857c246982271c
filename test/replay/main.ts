import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { SessionStatus } from '../../shared/protocol/status.ts'
import { createRandom, shuffle } from '../support/random.ts'
import { postStream } from './post.ts'
import { type RecordedEvent, readStream } from './read-stream.ts'
import { type Report, reportSession, trackStream } from './report.ts'
import { formatStream } from './table.ts'

const USAGE = `Usage: npm run replay -- FILE… [options]
  Prints the figures of recorded call events, one event a line, as JSON or as a Python literal. A line may also be the
  platform's answer about a session, as a relay logs it; it repairs the figures.

  --json          print one JSON object instead of tables
  --me EXT        print the figures of the person with this RingCentral extension id, with their events
  --why           print the events behind every figure
  --partial       the stream does not have every event: claim no missing ones
  --shuffle SEED  take the events in another order; the same seed gives the same order
  --to URL        post the events to a webhook instead, one after the other
  --token TOKEN   the webhook's verification token, for --to`

await main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})

async function main(): Promise<void> {
  const { files, options } = readArguments()
  const events: RecordedEvent[] = []
  const statuses: SessionStatus[] = []
  let undecodable = 0
  for (const file of files) {
    const stream = readStream(await readText(file))
    events.push(...stream.events)
    statuses.push(...stream.statuses)
    undecodable += stream.problems.length
    for (const { line, reason } of stream.problems) console.error(`${file}:${line}: ${reason}`)
  }
  const ordered = options.shuffleSeed === undefined ? events : shuffle(events, createRandom(options.shuffleSeed))
  if (options.to !== undefined) return await postStream(ordered, options.to, options.token)
  const notifications = ordered.map(({ notification }) => notification)
  const { sessions, duplicates } = trackStream(notifications, statuses)
  const report: Report = {
    events: events.length,
    duplicates,
    undecodable,
    sessions: sessions.map((session) => reportSession(session, !options.partial)),
  }
  if (options.json) return console.log(JSON.stringify(report, null, 2))
  console.log(`${report.events} events, ${report.duplicates} repeated, ${report.undecodable} lines unreadable\n`)
  console.log(
    formatStream(sessions, { isComplete: !options.partial, extensionId: options.extensionId, why: options.why }),
  )
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        me: { type: 'string' },
        why: { type: 'boolean', default: false },
        partial: { type: 'boolean', default: false },
        shuffle: { type: 'string' },
        to: { type: 'string' },
        token: { type: 'string' },
      },
    })
    if (positionals.length === 0) throw new Error('name at least one file to read')
    const { json, me: extensionId, why, partial, to, token } = values
    return {
      files: positionals,
      options: { json, extensionId, why, partial, to, token, shuffleSeed: readSeed(values.shuffle) },
    }
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
  }
}

function readSeed(text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d+$/.test(text)) throw new Error(`--shuffle should be a whole number, but is "${text}"`)
  return text === undefined ? undefined : Number(text)
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Error(code === 'ENOENT' ? `there is no file ${file}` : `${file} cannot be read: ${code}`)
  }
}
