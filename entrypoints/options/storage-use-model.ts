import { type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import type { Status } from '../lib/contract/messages.ts'
import { openReadableStore } from '../lib/store/open.ts'
import { readKeptSoFar } from '../lib/store/read.ts'
import type { StoreOwner } from '../lib/store/store-name.ts'
import type { Feedback } from '../ui/setup/feedback.ts'

/** How much storage is used, whether the browser may clear it by itself, and what had to be deleted for lack of space. */
export interface StorageUseModel {
  /** `undefined` where the browser does not say. */
  readonly usedBytes: ReadonlySignal<number | undefined>
  readonly isPersistent: ReadonlySignal<boolean | undefined>
  readonly isScarce: ReadonlySignal<boolean>
  /** Events of calls that began before are gone, ms since the epoch. */
  readonly eventsGoneBeforeMs: ReadonlySignal<number | undefined>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  /** Asks the browser to clear nothing by itself. */
  persist(): Promise<void>
}

export function createStorageUseModel(status: ReadonlySignal<Status | undefined>): StorageUseModel {
  const usedBytes = signal<number>()
  const isPersistent = signal<boolean>()
  const isScarce = signal(false)
  const eventsGoneBeforeMs = signal<number>()
  const feedback = signal<Feedback>()

  async function readUse(): Promise<void> {
    usedBytes.value = (await navigator.storage.estimate()).usage
    isPersistent.value = await navigator.storage.persisted()
  }

  async function readGone(owner: StoreOwner | undefined): Promise<void> {
    const store = owner && (await openReadableStore(owner))
    eventsGoneBeforeMs.value = store && (await readKeptSoFar(store))?.eventsGoneBeforeMs
    store?.close()
  }

  // The status is sent again whenever something was deleted.
  status.subscribe((now) => {
    isScarce.value = now?.isStoreScarce ?? false
    // What the browser does not report is not shown.
    void readUse().catch(() => undefined)
    void readGone(now?.user).catch(() => undefined)
  })

  return {
    usedBytes,
    isPersistent,
    isScarce,
    eventsGoneBeforeMs,
    feedback,
    persist: async () => {
      isPersistent.value = await navigator.storage.persist()
      feedback.value = isPersistent.value ? undefined : { kind: 'problem', text: i18n.t('privacy.persistRefused') }
    },
  }
}
