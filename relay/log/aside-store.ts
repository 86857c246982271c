import { createQueue } from '../../shared/queue.ts'
import { DamagedError } from './damaged-error.ts'
import { type AsideItem, MAX_ASIDE } from './event-log.ts'
import { FRAME_HEAD_BYTES, type Frame, openFrame } from './segments/batch.ts'
import { createGroupCommit } from './segments/group-commit.ts'
import type { Segment } from './segments/segment.ts'
import { openSegmentStore, type SegmentStore, type SegmentStoreOptions } from './segments/segment-store.ts'

/** Segments of what was kept aside. An item is a record of JSON: `[receivedAtMs, reason, text]`. */
export interface AsideStore {
  readonly usedBytes: number
  keep(item: AsideItem): Promise<void>
  read(): Promise<readonly AsideItem[]>
  forgetBefore(beforeMs: number): Promise<void>
  close: SegmentStore['close']
}

export type AsideStoreOptions = Omit<SegmentStoreOptions, 'kind' | 'onSegment' | 'reserveBytes' | 'roomBytes'>

interface Kept {
  readonly segment: Segment
  readonly frame: Frame
  readonly position: number
  readonly receivedAtMs: number
}

const ROOM_BYTES = 64 * 1024
const MAX_BATCH_ITEMS = 32

export async function openAsideStore(options: AsideStoreOptions): Promise<AsideStore> {
  let kept: readonly Kept[] = []
  const queue = createQueue()
  const store = await openSegmentStore({
    ...options,
    kind: 'aside',
    roomBytes: ROOM_BYTES,
    reserveBytes: 0,
    onSegment(segment, content) {
      const found = (content?.records ?? []).map(({ frame, record }, index) => ({
        segment,
        frame,
        position: segment.firstPosition + index,
        receivedAtMs: decodeItem(record).receivedAtMs,
      }))
      kept = [...kept, ...found].slice(-MAX_ASIDE)
    },
  })

  async function commit(items: readonly AsideItem[]): Promise<void> {
    const firstPosition = store.nextPosition
    const atMs = items[0]?.receivedAtMs ?? 0
    const { segment, frames } = await store.append(items.map(encodeItem), { atMs })
    const added = items.flatMap(({ receivedAtMs }, index) => {
      const frame = frames[index]
      return frame === undefined ? [] : [{ segment, frame, position: firstPosition + index, receivedAtMs }]
    })
    kept = [...kept, ...added].slice(-MAX_ASIDE)
    await removeUnused()
  }

  /** Takes those files off the disk of which nothing is kept any more. */
  async function removeUnused(): Promise<void> {
    for (;;) {
      const oldest = store.segments[0]
      if (oldest === undefined || oldest.count === 0 || kept[0]?.segment === oldest) return
      if (oldest === store.active) await store.roll()
      await store.removeOldest()
    }
  }

  /** Takes what was before the oldest that is kept off the disk as well. */
  async function shortenOldest(): Promise<void> {
    const [first] = kept
    if (first === undefined || first.position === first.segment.firstPosition) return
    if (first.segment === store.active) await store.roll()
    const segment = await store.shortenOldest(first.position)
    const movedBytes = segment.contentBytes - first.segment.contentBytes
    kept = kept.map((one) => {
      if (one.segment !== first.segment) return one
      const { offset, bytes } = one.frame
      return { ...one, segment, frame: { offset: offset + movedBytes, bytes } }
    })
  }

  const keep = createGroupCommit({
    maxItems: () => MAX_BATCH_ITEMS,
    commit: (items: readonly AsideItem[]) => queue.run(() => commit(items)),
  })

  return {
    get usedBytes() {
      return store.usedBytes
    },
    keep,
    read: () =>
      queue.run(() =>
        Promise.all(
          kept.map(async ({ segment: { file }, frame, position }) => {
            const content = await file.read(frame.offset, FRAME_HEAD_BYTES + frame.bytes)
            const record = openFrame(content, 0, position)
            if (record === undefined) {
              throw new DamagedError(`${file.path} does not match its checksums at byte ${frame.offset}`)
            }
            return decodeItem(record)
          }),
        ),
      ),
    forgetBefore: (beforeMs) =>
      queue.run(async () => {
        const firstKept = kept.findIndex(({ receivedAtMs }) => receivedAtMs >= beforeMs)
        if (firstKept === 0) return
        kept = firstKept === -1 ? [] : kept.slice(firstKept)
        await removeUnused()
        await shortenOldest()
      }),
    close: () => store.close(),
  }
}

function encodeItem({ receivedAtMs, reason, text }: AsideItem): Buffer {
  return Buffer.from(JSON.stringify([receivedAtMs, reason, text]))
}

function decodeItem(record: Buffer): AsideItem {
  const [receivedAtMs, reason, text] = JSON.parse(record.toString()) as [number, string, string]
  return { receivedAtMs, reason, text }
}
