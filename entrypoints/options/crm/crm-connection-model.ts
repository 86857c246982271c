import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import type { CrmReport } from '../../lib/contract/crm.ts'
import { interrupted, listenToAnnouncements, type Status, sendMessage } from '../../lib/contract/messages.ts'
import { nameCrm } from '../../ui/crm/use-crm.ts'
import type { Feedback } from '../../ui/setup/feedback.ts'

/** Whether the account's CRM is connected, and connecting it. */
export interface CrmConnectionModel {
  /** `undefined` until the relay has been asked. */
  readonly report: ReadonlySignal<CrmReport | undefined>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  connect(): Promise<void>
  disconnect(): Promise<void>
}

export function createCrmConnectionModel(status: ReadonlySignal<Status | undefined>): CrmConnectionModel {
  const report = signal<CrmReport>()
  const feedback = signal<Feedback>()

  async function ask(): Promise<void> {
    report.value = await sendMessage('getCrm').catch((): CrmReport => ({ kind: interrupted() }))
  }

  function nameOfCrm(): string {
    return report.value?.kind === 'given' ? nameCrm(report.value.crm) : ''
  }

  // The status is told with every ping; only another person or another connection changes the answer.
  const circumstances = computed(() => {
    const { relayUrl, user, connection } = status.value ?? {}
    return status.value && JSON.stringify([relayUrl, user, connection?.state])
  })
  effect(() => {
    if (circumstances.value !== undefined) queueMicrotask(() => void ask())
  })
  listenToAnnouncements((announcement) => {
    if (announcement === 'crm') void ask()
  })

  return {
    report,
    feedback,
    connect: async () => {
      feedback.value = { kind: 'pending', text: i18n.t('crm.settings.connecting', [nameOfCrm()]) }
      const problem = await sendMessage('connectCrm').catch(() => i18n.t('crm.interrupted'))
      await ask()
      feedback.value =
        problem === undefined
          ? { kind: 'done', text: i18n.t('crm.settings.connected', [nameOfCrm()]) }
          : { kind: 'problem', text: problem }
    },
    disconnect: async () => {
      const problem = await sendMessage('disconnectCrm').catch(() => i18n.t('crm.interrupted'))
      const name = nameOfCrm()
      await ask()
      feedback.value =
        problem === undefined
          ? { kind: 'done', text: i18n.t('crm.settings.disconnected', [name]) }
          : { kind: 'problem', text: problem }
    },
  }
}
