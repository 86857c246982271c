import { type ReadonlySignal, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import type { Said } from '../ui/setup/said.ts'

/** Whether Chrome may show notifications for Ringside, and what came of changing it. */
export interface NoticesModel {
  readonly isOn: ReadonlySignal<boolean>
  readonly said: ReadonlySignal<Said | undefined>
  /** Only while a click is handled: Chrome asks the person. */
  set(isOn: boolean): Promise<void>
}

const NOTICES = { permissions: ['notifications' as const] }

export function createNoticesModel(): NoticesModel {
  const isOn = signal(false)
  const said = signal<Said>()
  const read = async () => {
    isOn.value = await browser.permissions.contains(NOTICES)
  }
  browser.permissions.onAdded.addListener(() => void read())
  browser.permissions.onRemoved.addListener(() => void read())
  void read()

  return {
    isOn,
    said,
    set: async (isWanted) => {
      // Chrome asks the person only while it handles their click: nothing may be awaited before this.
      const isDone = isWanted ? await browser.permissions.request(NOTICES) : await browser.permissions.remove(NOTICES)
      said.value = isDone
        ? { kind: 'done', text: i18n.t(isWanted ? 'settings.noticesOn' : 'settings.noticesOff') }
        : { kind: 'problem', text: i18n.t('problem.noticesRefused') }
    },
  }
}
