import type { ActionKind } from '../../shared/call/action-kinds.ts'

/** Drawn here, because nothing of the extension may be fetched by a page. Sizes and colours are the button's. */
export function CloseIcon() {
  return <Icon path="M4 4l8 8M12 4l-8 8" />
}

export function FoldIcon() {
  return <Icon path="M4 12h8" />
}

export function OpenIcon() {
  return <Icon path="M4 10l4-4 4 4" />
}

export function CopyIcon() {
  return <Icon path="M6 6h7v7H6zM3 10V3h7" />
}

export function EditIcon() {
  return <Icon path="M3 13l.8-3L10.5 3.3l2.2 2.2L6 12.2zM9 4.8L11.2 7" />
}

/** To another page. */
export function OutIcon() {
  return <Icon path="M6.5 4H12v5.5M12 4l-8 8" />
}

export function QuestionIcon() {
  return <Icon path="M5.5 5.5a2.5 2.5 0 1 1 3.7 2.3C8.4 8.3 8 8.8 8 9.8M8 12.6v.1" />
}

export function AlertIcon() {
  return <Icon path="M8 3v6.5M8 12.6v.1" />
}

export function DotsIcon() {
  return <Icon path="M3.5 8h.1M8 8h.1M12.5 8h.1" />
}

export function DoneIcon() {
  return <Icon path="M3 8.5l3.5 3.5L13 5" />
}

/** The picture on the button of an action. */
export function ActionIcon({ kind }: { readonly kind: ActionKind | 'callBack' }) {
  const { path, turn } = PICTURES[kind]
  return <Icon path={path} turn={turn} isFilled={kind === 'pauseRecording'} />
}

interface Picture {
  readonly path: string
  /** Degrees, clockwise. */
  readonly turn?: number | undefined
}

const HANDSET =
  'M3.2 2.6l2-.6 1.6 3.2-1.3 1.2a8 8 0 0 0 4.1 4.1l1.2-1.3L14 10.8l-.6 2a1.6 1.6 0 0 1-1.8 1.1A11.5 11.5 0 0 1 2.1 4.4a1.6 1.6 0 0 1 1.1-1.8z'
const MUTED_MICROPHONE =
  'M6 6V4a2 2 0 0 1 4 0v3.5M9.3 9.5A2 2 0 0 1 6 8M4 8a4 4 0 0 0 6.7 2.9M11.8 9.2A4 4 0 0 0 12 8M8 12v2M3 3l10 10'
const RECORD = 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z'
const HAND =
  'M4.5 9.5V5.2a1 1 0 0 1 2 0v2.6-4.6a1 1 0 0 1 2 0v4.6-3.8a1 1 0 0 1 2 0v4.2-2.2a1 1 0 0 1 2 0V10a4 4 0 0 1-4 4H8a4 4 0 0 1-3.3-1.8L2.9 9.7a1 1 0 0 1 1.6-.9'

const PICTURES: Readonly<Record<ActionKind | 'callBack', Picture>> = {
  answer: { path: HANDSET },
  pickUp: { path: HANDSET },
  decline: { path: HANDSET, turn: 135 },
  hangUp: { path: HANDSET, turn: 135 },
  callBack: { path: `${HANDSET}M14 2l-4 4M10 3v3h3` },
  voicemail: { path: 'M4.5 10.5a2.5 2.5 0 1 1 0-5 2.5 2.5 0 0 1 0 5zh7a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5' },
  forward: { path: 'M2.5 12V9.5a3 3 0 0 1 3-3H13M9.5 3L13 6.5 9.5 10' },
  transfer: { path: 'M2 8h8M6.5 4.5L10 8l-3.5 3.5M13.5 3v10' },
  askFirst: { path: 'M2 8h8M6.5 4.5L10 8l-3.5 3.5M13.5 3v10' },
  connect: { path: 'M2 5.5h5.5L9 8l-1.5 2.5H2M14 5.5H9.5M14 10.5H9.5' },
  returnToCaller: { path: 'M6 3L2.5 6.5 6 10M2.5 6.5H10a3 3 0 0 1 3 3V12' },
  hold: { path: 'M5.5 3.5v9M10.5 3.5v9' },
  resume: { path: 'M5 3.5L12 8l-7 4.5z' },
  mute: { path: MUTED_MICROPHONE },
  unmute: { path: MUTED_MICROPHONE },
  park: { path: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.5 11V5h2a2 2 0 0 1 0 4h-2' },
  record: { path: RECORD },
  pauseRecording: { path: RECORD },
  raiseHand: { path: HAND },
  lowerHand: { path: HAND },
}

interface IconProps extends Picture {
  readonly isFilled?: boolean
}

function Icon({ path, turn, isFilled }: IconProps) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" data-filled={isFilled}>
      <path d={path} transform={turn === undefined ? undefined : `rotate(${turn} 8 8)`} />
    </svg>
  )
}
