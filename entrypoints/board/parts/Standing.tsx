import { type ReadonlySignal, useComputed } from '@preact/signals'
import { i18n } from '#i18n'
import type { Phase } from '../../../shared/call/view.ts'
import type { ExtensionState } from '../../../shared/live/types.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { BoardSettings } from '../../lib/settings/settings.ts'
import type { ExtensionRow } from '../feed/contract.ts'
import { Clock } from './Clock.tsx'

export interface StandingProps {
  readonly row: Pick<ExtensionRow, 'standing'>
  readonly nowMs: ReadonlySignal<number>
  readonly settings: ReadonlySignal<BoardSettings>
}

/** What somebody is doing and for how long: a shape, a word and a time. A hold that lasts turns amber, then red. */
export function Standing({ row: { standing }, nowMs, settings }: StandingProps) {
  const { state, sinceMs, untilMs, isEstimate, call } = standing
  const holdSeverity = useHoldSeverity(call?.holdingSinceMs, nowMs, settings)
  return (
    <span class="standing">
      <span class="state" data-state={SHAPES[state]} data-held={holdSeverity}>
        {nameStanding(state, call?.phase)}
      </span>
      {sinceMs !== undefined && (
        <span class="time" title={isEstimate ? i18n.t('board.wrapUpMeaning') : undefined}>
          {isEstimate && '≈ '}
          <Clock nowMs={nowMs} sinceMs={sinceMs} untilMs={untilMs} key={`${sinceMs} ${untilMs}`} />
        </span>
      )}
    </span>
  )
}

/** The shapes of state.css, which are those of the card. */
const SHAPES: Readonly<Record<ExtensionState, Phase | 'wrapUp' | 'idle'>> = {
  talking: 'talking',
  holding: 'onHold',
  ringing: 'ringing',
  dialling: 'calling',
  parked: 'parked',
  listening: 'other',
  other: 'other',
  wrapUp: 'wrapUp',
  idle: 'idle',
}

function nameStanding(state: ExtensionState, phase: Phase | undefined): string {
  if (state === 'other' && phase !== undefined && phase !== 'ended') return i18n.t(`phase.${phase}`)
  return i18n.t(`board.state.${state}`)
}

function useHoldSeverity(
  holdingSinceMs: number | undefined,
  nowMs: ReadonlySignal<number>,
  settings: ReadonlySignal<BoardSettings>,
): ReadonlySignal<string | undefined> {
  return useComputed(() => {
    if (holdingSinceMs === undefined) return undefined
    const { holdAmberSeconds, holdRedSeconds } = settings.value
    const heldMs = nowMs.value - holdingSinceMs
    if (heldMs >= holdRedSeconds * SECOND_MS) return 'tooLong'
    return heldMs >= holdAmberSeconds * SECOND_MS ? 'long' : undefined
  })
}
