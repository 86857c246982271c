import { collectGarbage } from '../tracker/garbage.ts'
import { createFullCrowd, foldLog, LIVE_CALLS, listLogged } from './full-account.ts'

/** What is held for a live call in kB of heap; the floor holds the bare text of its events. */
export async function weigh(): Promise<{ readonly oursKB: number; readonly floorKB: number }> {
  const crowd = createFullCrowd()
  const queueIds = new Set(crowd.company.queues.map(({ extensionId }) => extensionId))
  const events = listLogged(crowd)
  const emptyBytes = heapBytes()
  // Copies, so that nothing is held by who measures.
  const texts = events.map(({ text }) => Buffer.from(text).toString())
  const floorBytes = heapBytes() - emptyBytes
  const logged = () => events.map((event, index) => ({ ...event, text: copy(texts[index]) }))
  const beforeBytes = heapBytes()
  const held = await foldLog(logged(), crowd, (id) => queueIds.has(id))
  const oursBytes = heapBytes() - beforeBytes
  if (held.account.size < LIVE_CALLS) throw new Error(`B12 does not count: ${held.account.size} calls are held.`)
  const perCallKB = (bytes: number) => bytes / LIVE_CALLS / 1000
  return { oursKB: perCallKB(oursBytes), floorKB: perCallKB(floorBytes) }
}

function copy(text = ''): string {
  return Buffer.from(text).toString()
}

/** Collecting once leaves what is freed by collecting. */
function heapBytes(): number {
  for (let times = 0; times < 3; times += 1) collectGarbage()
  return process.memoryUsage().heapUsed
}
