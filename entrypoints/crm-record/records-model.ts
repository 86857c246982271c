import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Clock } from '../../shared/clock.ts'
import type { CrmRecordJson } from '../../shared/protocol/http/crm.ts'
import { type User, watchesAnybody } from '../../shared/protocol/wire.ts'
import { SECOND_MS } from '../../shared/time.ts'
import type { CrmRecordsQuery, CrmRecordsReport, CrmReport } from '../lib/contract/crm.ts'
import { isInGroup } from '../ui/crm/record-groups.ts'
import { type Shown, startOfRange } from './address.ts'

/** Records of calls in the CRM: those of the person, or of all whom they watch. */
export interface RecordsModel {
  readonly shown: ReadonlySignal<Shown>
  /** Whose calls the person may see beside their own; `undefined`: nobody's. */
  readonly others: ReadonlySignal<'account' | 'watched' | undefined>
  /** Which CRM the relay has; `undefined` until it has been asked. */
  readonly crm: ReadonlySignal<CrmReport | undefined>
  /** What it told of records last; of the range and the people that are shown. */
  readonly report: ReadonlySignal<CrmRecordsReport | undefined>
  /** Those of the group that is shown, the latest first. */
  readonly records: ReadonlySignal<readonly CrmRecordJson[]>
  readonly isAsking: ReadonlySignal<boolean>
  show(changes: Partial<Shown>): void
  ask(): Promise<void>
}

export interface RecordsModelOptions {
  readonly first: Shown
  readonly user: ReadonlySignal<User | null | undefined>
  readonly askCrm: () => Promise<CrmReport>
  readonly askRecords: (query: CrmRecordsQuery) => Promise<CrmRecordsReport>
  /** Whether somebody may be looking. */
  readonly isSeen: () => boolean
  readonly clock: Pick<Clock, 'nowMs' | 'after'>
}

/** What waits for the relay or the CRM moves on by itself. */
export const LOOK_AGAIN_MS = 10 * SECOND_MS

export function createRecordsModel(options: RecordsModelOptions): RecordsModel {
  const { user, askCrm, askRecords, isSeen, clock } = options
  const shown = signal<Shown>(options.first)
  const crm = signal<CrmReport>()
  const report = signal<CrmRecordsReport>()
  const asked = signal(0)
  const answered = signal(0)
  let cancel = () => {}
  const others = computed(() => {
    if (!user.value || !watchesAnybody(user.value)) return undefined
    return user.value.watches?.extensions === 'all' ? 'account' : 'watched'
  })

  async function ask(): Promise<void> {
    const question = ++asked.value
    cancel()
    const { range, isAccount } = shown.value
    const isMine = !isAccount || others.value === undefined
    const [about, records] = await Promise.all([
      askCrm(),
      askRecords({ sinceMs: startOfRange(range, clock.nowMs()), isMine }),
    ])
    // A later question, about other days or another person, may have been answered before.
    if (question < answered.value) return
    answered.value = question
    crm.value = about
    report.value = records
    if (question === asked.value) cancel = clock.after(LOOK_AGAIN_MS, lookAgain)
  }

  /** A page that nobody sees is read when it is seen again. */
  function lookAgain(): void {
    if (isSeen()) void ask()
    else cancel = clock.after(LOOK_AGAIN_MS, lookAgain)
  }

  const circumstances = computed(() => {
    const { range, isAccount } = shown.value
    return JSON.stringify([user.value, range, isAccount])
  })
  effect(() => {
    if (circumstances.value === undefined || user.value === undefined) return
    queueMicrotask(() => void ask())
  })

  return {
    shown,
    others,
    crm,
    report,
    records: computed(() => {
      const { group } = shown.value
      const all = report.value?.kind === 'given' ? report.value.answer.records : []
      return group === 'all' ? all : all.filter(({ state }) => isInGroup(state, group))
    }),
    isAsking: computed(() => answered.value < asked.value),
    show: (changes) => {
      const next = { ...shown.value, ...changes }
      // Other calls: what is there is not about them.
      if (next.range !== shown.value.range || next.isAccount !== shown.value.isAccount) report.value = undefined
      shown.value = next
    },
    ask,
  }
}
