import { useEffect, useState } from 'preact/hooks'
import { browser } from 'wxt/browser'
import type { ReadableStore } from '../../lib/store/open.ts'
import { readSeenRecords } from '../../lib/store/read-records.ts'
import type { SeenRecord } from '../../lib/store/schema.ts'

/** The CRM's records that showed a number, the one seen last first. */
export function useRecords(store: ReadableStore, numberKey: string | undefined): readonly SeenRecord[] {
  const [records, setRecords] = useState<readonly SeenRecord[]>([])
  useEffect(() => {
    let isWanted = true
    const reading = numberKey === undefined ? Promise.resolve([]) : readSeenRecords(store, numberKey)
    void reading.catch(() => []).then((read) => isWanted && setRecords(read))
    return () => {
      isWanted = false
    }
  }, [store, numberKey])
  return records
}

/** Brings a record before the person: the tab that has it, else another one. */
export async function openRecord(url: string): Promise<void> {
  // Only of sites that were granted an address can be seen.
  const open = (await browser.tabs.query({})).find((tab) => tab.url === url)
  if (open?.id === undefined) {
    await browser.tabs.create({ url })
    return
  }
  await browser.tabs.update(open.id, { active: true })
  await browser.windows.update(open.windowId, { focused: true })
}
