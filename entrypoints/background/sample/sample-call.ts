import { assert, unreachable } from '../../../shared/assert.ts'
import type { ActionKind } from '../../../shared/call/action-kinds.ts'
import { compareViews } from '../../../shared/call/difference.ts'
import { selectMyCalls } from '../../../shared/call/my-calls.ts'
import { Tracker } from '../../../shared/call/track.ts'
import type { Phase } from '../../../shared/call/view.ts'
import type { Clock } from '../../../shared/clock.ts'
import { decodeNotification } from '../../../shared/protocol/notification.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { SampleCaller } from '../../lib/caller/sample-caller.ts'
import type { CallMessage } from '../../lib/contract/ports.ts'
import { type CallNote, NO_NOTE } from '../../lib/notes/note.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { buildRow } from '../calls/call-row.ts'
import { buildSampleEvent, SAMPLE_EXTENSION_ID, type SampleStep } from './sample-events.ts'

/**
 * A made-up call that shows a newcomer what a card does: it rings, is answered, held, taken up again and over in less than half a
 * minute. Its events are folded by the code that folds real ones, and kept in memory alone. What a person asks of it
 * happens at once, and from then on they have more time for each step; whatever they do, it goes on by itself to its end.
 */
export interface SampleCall {
  /** Lets it ring. */
  begin(): void
  /** As it stands now; `undefined` before it begins and once it is gone or was put away. */
  shown(): ShownSample | undefined
  /** Does what a card asks; false when it is about another call. */
  handle(message: CallMessage): boolean
  /** Nobody is using its card any more: the time after its end begins again. */
  release(): void
  /** Takes it down at once, unless somebody is using its card. */
  stop(): void
}

export interface ShownSample {
  readonly row: CallRow
  readonly note: CallNote
  /** What may be done with it, in the order in which to offer it. */
  readonly kinds: readonly ActionKind[]
}

export interface SampleOptions {
  readonly telephonySessionId: string
  readonly caller: SampleCaller
  /** Country (ISO 3166) whose number format the user types. */
  readonly country: string
  readonly clock: Pick<Clock, 'nowMs' | 'after'>
  /** Whether somebody is using its card: then it stays. */
  readonly isInUse: (telephonySessionId: string) => boolean
  /** What the card shows has changed. */
  readonly onShown: () => void
  /** The person wants to see the caller's record. */
  readonly onOpenRecord: () => void
}

/** Time to read who calls and what is known of them, and to answer. */
export const RINGS_MS = 10 * SECOND_MS
export const TALKS_MS = 5 * SECOND_MS
export const HOLDS_MS = 4 * SECOND_MS
/** For who does something with it themselves: time for a note. Like the next, less than after which Chrome ends an idle worker. */
export const ASKED_MS = 20 * SECOND_MS
/** Time to read three figures, and less than after which Chrome ends an idle worker. */
export const ENDED_MS = 15 * SECOND_MS

export function createSampleCall(options: SampleOptions): SampleCall {
  const { telephonySessionId, caller, country, clock, isInUse, onShown, onOpenRecord } = options
  const tracker = new Tracker(telephonySessionId)
  let row: CallRow | undefined
  let note: CallNote = NO_NOTE
  let sequence = 1
  let wasHeld = false
  let wasAsked = false
  let cancelNext = () => {}

  function take(step: SampleStep): void {
    const [before] = selectMyCalls([tracker.call], SAMPLE_EXTENSION_ID)
    sequence += 1
    const decoded = decodeNotification(buildSampleEvent(telephonySessionId, sequence, step, caller, clock.nowMs()))
    assert(decoded.kind === 'telephony', 'a sample event should be decoded as every other')
    tracker.take(decoded.notification)
    const [mine] = selectMyCalls([tracker.call], SAMPLE_EXTENSION_ID)
    assert(mine !== undefined, 'the sample call should have a view')
    const context = {
      extensionId: SAMPLE_EXTENSION_ID,
      country,
      missingOf: () => [],
      nowMs: clock.nowMs(),
      endedCardMs: ENDED_MS,
      isInUse,
    }
    row = buildRow(mine, 0, row, compareViews(before?.view, mine.view), context)
    if (step === 'isHeld') wasHeld = true
    cancelNext()
    cancelNext = scheduleNext(mine.view.phase)
    onShown()
  }

  function scheduleNext(phase: Phase): () => void {
    if (phase === 'ended') return clock.after(ENDED_MS, stop)
    if (phase === 'ringing') return clock.after(RINGS_MS, () => take('isAnswered'))
    if (phase === 'onHold') return clock.after(wasAsked ? ASKED_MS : HOLDS_MS, () => take('isAnswered'))
    return clock.after(wasAsked ? ASKED_MS : TALKS_MS, () => take(wasHeld ? 'ends' : 'isHeld'))
  }

  function mark(marks: Partial<CallRow>): void {
    row = row && { ...row, ...marks }
    onShown()
  }

  function remove(): void {
    if (row === undefined) return
    cancelNext()
    row = undefined
    onShown()
  }

  function stop(): void {
    if (!isInUse(telephonySessionId)) remove()
  }

  function act(kind: ActionKind): void {
    const offered = row && OFFERED[row.phase].find((one) => one.kind === kind)
    if (offered === undefined) return
    wasAsked = true
    take(offered.step)
  }

  return {
    begin: () => take('rings'),
    shown: () => row && { row, note, kinds: OFFERED[row.phase].map(({ kind }) => kind) },
    handle: (message) => {
      if (!('telephonySessionId' in message) || message.telephonySessionId !== telephonySessionId) return false
      switch (message.type) {
        case 'dismiss':
          remove()
          break
        case 'fold':
          mark({ isFolded: message.isFolded })
          break
        case 'note':
          note = message.note
          onShown()
          break
        case 'act':
          act(message.action.kind)
          break
        case 'openRecord':
          onOpenRecord()
          break
        case 'callBack':
        case 'search':
        case 'openCrm':
        case 'chooseCrm':
        case 'nameCaller':
        case 'suggest':
          // Its card offers none of these: nobody else is there.
          break
        default:
          unreachable(message)
      }
      return true
    },
    release: () => {
      if (row?.phase !== 'ended') return
      cancelNext()
      cancelNext = scheduleNext(row.phase)
    },
    stop,
  }
}

interface Offered {
  readonly kind: ActionKind
  readonly step: SampleStep
}

const HANG_UP: Offered = { kind: 'hangUp', step: 'ends' }
const NOTHING: readonly Offered[] = []

/** What there is to do with it, and what comes of that. Nothing that needs anybody else: nobody else is there. */
const OFFERED: Readonly<Record<Phase, readonly Offered[]>> = {
  ringing: [
    { kind: 'answer', step: 'isAnswered' },
    { kind: 'decline', step: 'isDeclined' },
  ],
  talking: [{ kind: 'hold', step: 'isHeld' }, HANG_UP],
  onHold: [{ kind: 'resume', step: 'isAnswered' }, HANG_UP],
  ended: NOTHING,
  calling: NOTHING,
  parked: NOTHING,
  voicemail: NOTHING,
  fax: NOTHING,
  replied: NOTHING,
  other: NOTHING,
}
