import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type TrackedCall, Tracker } from '../../../shared/call/track.ts'
import { findReturned } from '../../../shared/metrics/returned.ts'
import { type CallStory, tellStory } from '../../lib/call/call-story.ts'
import { loadNumberingPlans } from '../../lib/numbers/load-plans.ts'
import { isFinished } from '../../lib/store/finished.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { country } from '../../lib/wording/shown-country.ts'
import { readStreamFile, type StreamProblem } from '../export/read-stream.ts'
import { NO_NOTES } from '../list/follow-notes.ts'
import { createListModel, type ListModel } from '../list/list-model.ts'
import { describeImported, type FilePerson, listPeople } from './imported-calls.ts'

/** An events file that is being inspected: in memory only, never mixed with the person's own calls. */
export interface FileModel {
  readonly step: ReadonlySignal<FileStep>
  /** Everybody whose calls it may be about. */
  readonly people: ReadonlySignal<readonly FilePerson[]>
  /** Whose calls are shown. */
  readonly extensionId: Signal<string | undefined>
  /** Whether a missing number is taken for a missed event. */
  readonly isComplete: Signal<boolean>
  readonly list: ListModel
  open(file: File): Promise<void>
  /** Forgets the file. */
  close(): void
  /** A call taken apart; `undefined` when who was chosen has no part in it. */
  tell(row: CallRow): CallStory | undefined
}

export type FileStep =
  | { readonly kind: 'none' }
  /** `share`: how much has been read, 0 to 1; `undefined` while it is too early to say. */
  | { readonly kind: 'reading'; readonly name: string; readonly share: number | undefined }
  | { readonly kind: 'failed'; readonly name: string; readonly because: 'unreadable' }
  /** Nothing in it is an event of a call. */
  | { readonly kind: 'failed'; readonly name: string; readonly because: 'empty'; readonly problems: Problems }
  | { readonly kind: 'open'; readonly name: string; readonly problems: Problems }

type Problems = readonly StreamProblem[]

export function createFileModel(): FileModel {
  const step = signal<FileStep>({ kind: 'none' })
  const calls = signal<readonly TrackedCall[]>([])
  const extensionId = signal<string>()
  const isComplete = signal(true)
  let reading = new AbortController()

  const rows = computed<readonly CallRow[]>(() =>
    extensionId.value === undefined
      ? []
      : describeImported(calls.value, {
          extensionId: extensionId.value,
          country: country.value,
          isComplete: isComplete.value,
        }),
  )
  const people = computed(() => listPeople(calls.value))
  const list = createListModel({
    canCallBack: false,
    rows,
    selected: rows,
    returned: computed(() => findReturned(rows.value.filter(isFinished))),
    notes: signal(NO_NOTES),
  })

  function forget(next: FileStep): AbortSignal {
    reading.abort()
    reading = new AbortController()
    list.close()
    list.query.value = ''
    calls.value = []
    extensionId.value = undefined
    step.value = next
    return reading.signal
  }

  return {
    step,
    people,
    extensionId,
    isComplete,
    list,
    open: async (file) => {
      const { name } = file
      const isOver = forget({ kind: 'reading', name, share: undefined })
      const trackers = new Map<string, Tracker>()
      try {
        await loadNumberingPlans()
        const problems = await readStreamFile(file, {
          signal: isOver,
          onShare: (share) => {
            if (!isOver.aborted) step.value = { kind: 'reading', name, share }
          },
          take: (record) => {
            const { telephonySessionId } = record.kind === 'status' ? record.status : record.notification
            const tracker = trackers.get(telephonySessionId) ?? new Tracker(telephonySessionId)
            trackers.set(telephonySessionId, tracker)
            if (record.kind === 'status') tracker.repair(record.status)
            else tracker.take(record.notification)
          },
        })
        if (isOver.aborted) return
        calls.value = [...trackers.values()]
        extensionId.value = people.value[0]?.extensionId
        step.value =
          trackers.size === 0 ? { kind: 'failed', name, because: 'empty', problems } : { kind: 'open', name, problems }
      } catch (error) {
        if (!(error instanceof DOMException)) throw error
        if (!isOver.aborted) step.value = { kind: 'failed', name, because: 'unreadable' }
      }
    },
    close: () => {
      forget({ kind: 'none' })
    },
    tell: ({ telephonySessionId, missingSequences: missing }) => {
      const tracked = calls.value.find(({ call }) => call.telephonySessionId === telephonySessionId)
      const person = extensionId.value
      if (tracked === undefined || person === undefined) return undefined
      return tellStory(
        tracked.call,
        { extensionId: person, missing },
        calls.value.filter((one) => one !== tracked),
      )
    },
  }
}
