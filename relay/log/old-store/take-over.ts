import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AsideItem, NewEvent } from '../event-log.ts'
import { openStores, type StoresOptions } from '../open-stores.ts'
import { syncFolder } from '../segments/segment-file.ts'
import { openOldStore } from './old-store.ts'

const EVENTS_AT_A_TIME = 500

/**
 * Moves what an older relay kept in `log/data.mdb` into today's store, at the first start with it: events with their
 * positions, what was kept aside, and the records; cursors go on. The new store is made next to the old one and takes its
 * name when it is whole, so that whatever ends the process meanwhile, one of the two is there.
 */
export async function takeOverOldStore(dataFolder: string, storeFolder: string, options: StoresOptions): Promise<void> {
  const oldFolder = join(dataFolder, 'log')
  if (!existsSync(join(oldFolder, 'data.mdb'))) return
  if (!existsSync(storeFolder)) {
    const draft = `${storeFolder}.draft`
    await rm(draft, { recursive: true, force: true })
    await copyInto(draft, join(oldFolder, 'data.mdb'), options)
    await rename(draft, storeFolder)
    await syncFolder(dataFolder)
  }
  await rm(oldFolder, { recursive: true })
  await rm(join(dataFolder, 'commits'), { force: true })
}

async function copyInto(folder: string, oldFile: string, options: StoresOptions): Promise<void> {
  const old = openOldStore(oldFile)
  try {
    const [oldest] = old.events()
    const firstPosition = oldest?.position ?? old.headPosition + 1
    const { log, records, close } = await openStores(folder, { ...options, begin: { logId: old.logId, firstPosition } })
    try {
      for (const events of inChunks<NewEvent>(old.events(), EVENTS_AT_A_TIME)) await Promise.all(events.map(log.append))
      for (const item of old.aside()) await log.keepAside(item satisfies AsideItem)
      for (const { key, value } of old.records()) await records.put(key, value)
    } finally {
      await close()
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  } finally {
    old.close()
  }
}

function* inChunks<T>(items: Iterable<T>, size: number): Generator<readonly T[]> {
  let chunk: T[] = []
  for (const item of items) {
    chunk.push(item)
    if (chunk.length < size) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
