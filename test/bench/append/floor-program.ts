import { fdatasync, openSync, write } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { serveRequests } from '../serve-requests.ts'
import { type AppendAnswer, type AppendRequest, measureAppends } from './measure.ts'

/** The floor: a plain file that is appended to and flushed. What arrives while it is being flushed shares the next flush. */

const writeFile = promisify(write)
const flushFile = promisify(fdatasync)
let waiting: { readonly text: string; resolve(): void; reject(error: unknown): void }[] = []
let isFlushing = false

async function flushWaiting(file: number): Promise<void> {
  isFlushing = true
  while (waiting.length > 0) {
    const batch = waiting
    waiting = []
    try {
      await writeFile(file, Buffer.from(batch.map(({ text }) => text).join('\n')))
      await flushFile(file)
      for (const { resolve } of batch) resolve()
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
  isFlushing = false
}

let file: number | undefined
serveRequests<AppendRequest, AppendAnswer>((request) => {
  file ??= openSync(join(request.folder, 'floor'), 'a')
  const opened = file
  return measureAppends(
    request,
    (_index, text) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ text, resolve, reject })
        if (!isFlushing) void flushWaiting(opened)
      }),
  )
})
