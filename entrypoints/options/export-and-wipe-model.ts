import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import { interrupted, type Status, sendMessage } from '../lib/contract/messages.ts'
import { createPauses } from '../lib/files/pauses.ts'
import { saveFile } from '../lib/files/save-file.ts'
import { openReadableStore } from '../lib/store/open.ts'
import type { Feedback } from '../ui/setup/feedback.ts'
import { exportEverything } from './export-everything.ts'

/** Exporting everything that is kept of a person, and wiping it. */
export interface ExportAndWipeModel {
  readonly status: ReadonlySignal<Status | undefined>
  /** Share of the file that is written, 0 to 1; set only once it takes noticeably long. */
  readonly share: ReadonlySignal<number | undefined>
  readonly isBusy: ReadonlySignal<boolean>
  /** What came of each. */
  readonly exported: ReadonlySignal<Feedback | undefined>
  readonly wiped: ReadonlySignal<Feedback | undefined>
  exportAll(): Promise<void>
  wipeAll(): Promise<void>
}

export function createExportAndWipeModel(status: ReadonlySignal<Status | undefined>): ExportAndWipeModel {
  const share = signal<number>()
  const isBusy = signal(false)
  const exported = signal<Feedback>()
  const wiped = signal<Feedback>()

  async function run(feedback: Signal<Feedback | undefined>, task: () => Promise<Feedback>): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    feedback.value = undefined
    feedback.value = await task()
    share.value = undefined
    isBusy.value = false
  }

  async function writeFile(user: NonNullable<Status['user']>): Promise<void> {
    const { accountId, extensionId, name } = user
    const pauses = createPauses()
    const exportedAt = new Date().toISOString()
    const settings = await browser.storage.local.get()
    const store = await openReadableStore(user)
    try {
      // The browser keeps what is in a blob on the disk.
      const parts: Blob[] = []
      const head = { person: { accountId, extensionId, name }, exportedAt, settings }
      const pieces = exportEverything(store, head, (next) => {
        if (pauses.isLong()) share.value = next
      })
      for await (const piece of pieces) parts.push(new Blob([piece]))
      saveFile(`ringside-everything-${exportedAt.slice(0, 10)}.json`, parts, 'application/json')
    } finally {
      store.close()
    }
  }

  return {
    status,
    share,
    isBusy,
    exported,
    wiped,
    exportAll: async () => {
      const user = status.value?.user
      if (user === undefined) return
      await run(exported, async () => {
        try {
          await writeFile(user)
          return { kind: 'done', text: i18n.t('privacy.exported') }
        } catch {
          return { kind: 'problem', text: i18n.t('privacy.exportFailed') }
        }
      })
    },
    wipeAll: async () => {
      const user = status.value?.user
      if (user === undefined) return
      await run(wiped, async () => {
        wiped.value = { kind: 'pending', text: i18n.t('privacy.wiping') }
        const { accountId, extensionId } = user
        const problem = await sendMessage('wipe', { accountId, extensionId }).catch(interrupted)
        return problem === undefined
          ? { kind: 'done', text: i18n.t('privacy.wiped') }
          : { kind: 'problem', text: i18n.t('privacy.wipeFailed') }
      })
    },
  }
}
