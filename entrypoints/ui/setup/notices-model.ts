import { type ReadonlySignal, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import type { Feedback } from './feedback.ts'

/** Whether Chrome may show notifications for Ringside, and what came of changing it. */
export interface NoticesModel {
  readonly isOn: ReadonlySignal<boolean>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  /** Only while a click is handled: Chrome asks the person. */
  set(isOn: boolean): Promise<void>
}

const NOTICES = { permissions: ['notifications' as const] }

export function createNoticesModel(): NoticesModel {
  const isOn = signal(false)
  const feedback = signal<Feedback>()
  const read = async () => {
    isOn.value = await browser.permissions.contains(NOTICES)
  }
  browser.permissions.onAdded.addListener(() => void read())
  browser.permissions.onRemoved.addListener(() => void read())
  void read()

  return {
    isOn,
    feedback,
    set: async (isWanted) => {
      // Chrome asks the person only while it handles their click: nothing may be awaited before this.
      const isDone = isWanted ? await browser.permissions.request(NOTICES) : await browser.permissions.remove(NOTICES)
      feedback.value = isDone
        ? { kind: 'done', text: i18n.t(isWanted ? 'settings.noticesOn' : 'settings.noticesOff') }
        : { kind: 'problem', text: i18n.t('problem.noticesRefused') }
    },
  }
}
