import { readFile } from 'node:fs/promises'
import { serveRequests } from '../serve-requests.ts'
import type { ReadAnswer, ReadRequest } from './read.ts'

/** The floor: reads events from a plain file, one a line, and parses them. Nothing of the product is imported here. */
serveRequests(async ({ file, events }: ReadRequest): Promise<ReadAnswer> => {
  const startMs = performance.now()
  const parsed = (await readFile(file, 'utf8')).split('\n').map((line) => JSON.parse(line) as unknown)
  const durationMs = performance.now() - startMs
  if (parsed.length !== events) throw new Error(`the file should hold ${events} events, but holds ${parsed.length}`)
  return { durationMs }
})
