import type { EventLog } from '../log/event-log.ts'

/** The position after which all was received at `fromMs` or later: one is looked at in each half of what is left. */
export async function findPosition(
  log: Pick<EventLog, 'read' | 'oldestPosition' | 'headPosition'>,
  fromMs: number,
): Promise<number> {
  let [low, high] = [log.oldestPosition - 1, log.headPosition]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [event] = await log.read(middle, 1)
    if (event === undefined || event.receivedAtMs >= fromMs) high = middle
    else low = Math.max(middle + 1, event.position)
  }
  return low
}
