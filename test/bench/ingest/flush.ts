import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { percentile } from '../statistics.ts'

/** Median time to append `record` to a file in the folder and have it on the disk, in ms: what no durable answer can undercut. */
export async function measureFlush(folder: string, record: string, times: number): Promise<number> {
  const file = openSync(join(folder, 'flush'), 'a')
  const bytes = Buffer.from(record)
  const durationsMs: number[] = []
  for (let done = 0; done < times; done += 1) {
    const startMs = performance.now()
    writeSync(file, bytes)
    fdatasyncSync(file)
    durationsMs.push(performance.now() - startMs)
    // Signals are heard between turns only.
    await nextTurn()
  }
  closeSync(file)
  return percentile(durationsMs, 0.5)
}
