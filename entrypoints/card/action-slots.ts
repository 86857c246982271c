import { unreachable } from '../../shared/assert.ts'
import type { ActionKind } from '../../shared/call/action-kinds.ts'
import type { Phase } from '../../shared/call/view.ts'

/** A place in the row of actions, which does not move while the call stays what it is. */
export interface ActionSlot {
  /** Whether it is wide enough for a word: that of the likely action of a call that waits for one. */
  readonly isWide: boolean
  /** What is offered there now; `undefined`: nothing, and the place stays empty. */
  readonly kind: ActionKind | undefined
  /** What is usually there, drawn as out of use where nothing is offered; `undefined`: then nothing is drawn. */
  readonly usual: ActionKind | undefined
}

interface Place {
  /** Of these at most one is offered at a time. */
  readonly kinds: readonly ActionKind[]
  readonly usual?: ActionKind
  readonly isWide?: boolean
}

const RINGING: readonly Place[] = [
  { kinds: ['answer'], isWide: true },
  { kinds: ['voicemail'] },
  { kinds: ['forward'] },
  { kinds: ['decline'] },
]
const CONNECTED: readonly Place[] = [
  { kinds: ['hold', 'resume'], usual: 'hold' },
  { kinds: ['mute', 'unmute'], usual: 'mute' },
  { kinds: ['transfer'], usual: 'transfer' },
  { kinds: ['park'], usual: 'park' },
  { kinds: ['record', 'pauseRecording'], usual: 'record' },
  { kinds: ['raiseHand', 'lowerHand'], usual: 'raiseHand' },
  { kinds: ['hangUp'], usual: 'hangUp' },
]
const PARKED: readonly Place[] = [{ kinds: ['pickUp'], isWide: true }]
const LEAVING: readonly Place[] = [{ kinds: ['hangUp'] }]

/** The places of the actions of a call in this phase, from left to right; none where nothing is offered. */
export function selectSlots(phase: Phase, offered: readonly ActionKind[]): readonly ActionSlot[] {
  if (offered.length === 0) return []
  return placesOf(phase).map(({ kinds, usual, isWide = false }) => ({
    kind: kinds.find((kind) => offered.includes(kind)),
    usual,
    isWide,
  }))
}

function placesOf(phase: Phase): readonly Place[] {
  switch (phase) {
    case 'ringing':
      return RINGING
    case 'talking':
    case 'onHold':
      return CONNECTED
    case 'parked':
      return PARKED
    case 'calling':
    case 'voicemail':
    case 'fax':
      return LEAVING
    case 'replied':
    case 'other':
    case 'ended':
      return []
    default:
      return unreachable(phase)
  }
}

/** The action that a call on one line is most likely wanted for; `undefined`: none. */
export function selectLikely(offered: readonly ActionKind[]): ActionKind | undefined {
  return LIKELY.find((kind) => offered.includes(kind))
}

const LIKELY: readonly ActionKind[] = ['answer', 'resume', 'pickUp', 'hangUp']
