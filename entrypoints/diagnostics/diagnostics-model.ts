import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import type { Clock } from '../../shared/clock.ts'
import { SECOND_MS } from '../../shared/time.ts'
import type { CapabilityReport, Status } from '../lib/contract/messages.ts'
import type { Feedback } from '../ui/setup/feedback.ts'
import { type CapabilityGroups, groupCapabilities } from './group-capabilities.ts'
import { type Software, writeSupportText } from './support-text.ts'

/** What the relay tells of RingCentral's capabilities, how the relay stands, and a copy of both for support. */
export interface DiagnosticsModel {
  readonly status: ReadonlySignal<Status | undefined>
  /** `undefined` until the first answer. */
  readonly report: ReadonlySignal<CapabilityReport | undefined>
  /** Of the report, what concerns the person; empty while there is none. */
  readonly groups: ReadonlySignal<CapabilityGroups>
  readonly isAsking: ReadonlySignal<boolean>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  ask(): Promise<void>
  copy(): Promise<void>
}

export interface DiagnosticsOptions {
  readonly ask: () => Promise<CapabilityReport>
  readonly writeClipboard: (text: string) => Promise<void>
  readonly clock: Pick<Clock, 'nowMs' | 'after'>
  readonly software: Software
}

/** The first question has the relay read the directory; by then it has. */
export const SECOND_LOOK_MS = 2 * SECOND_MS

export function createDiagnosticsModel(
  status: ReadonlySignal<Status | undefined>,
  { ask: askWorker, writeClipboard, clock, software }: DiagnosticsOptions,
): DiagnosticsModel {
  const report = signal<CapabilityReport>()
  const asked = signal(0)
  const answered = signal(0)
  const feedback = signal<Feedback>()
  let hasLookedAgain = false
  const groups = computed(() => {
    const latest = report.value
    return groupCapabilities(latest?.kind === 'given' ? latest.capabilities : [], status.value?.user)
  })

  async function ask(): Promise<void> {
    const question = ++asked.value
    const answer = await askWorker()
    // A later question, perhaps of another user, may have been answered before.
    if (question < answered.value) return
    answered.value = question
    report.value = answer
    if (hasLookedAgain || !groups.value.account.some(({ state }) => state === 'notTried')) return
    hasLookedAgain = true
    clock.after(SECOND_LOOK_MS, () => void ask())
  }

  // The status is told with every ping; only another person, other rights or another connection change the answer.
  const circumstances = computed(() => {
    const { relayUrl, user, connection } = status.value ?? {}
    return status.value && JSON.stringify([relayUrl, user, connection?.state])
  })
  effect(() => {
    if (circumstances.value === undefined) return
    hasLookedAgain = false
    queueMicrotask(() => void ask())
  })

  return {
    status,
    report,
    groups,
    isAsking: computed(() => answered.value < asked.value),
    feedback,
    ask,
    copy: async () => {
      const shown = { status: status.value, report: report.value, groups: groups.value }
      const isCopied = await writeClipboard(writeSupportText(shown, software, clock.nowMs())).then(
        () => true,
        () => false,
      )
      feedback.value = isCopied
        ? { kind: 'done', text: i18n.t('diagnostics.copied') }
        : { kind: 'problem', text: i18n.t('diagnostics.copyFailed') }
    },
  }
}
