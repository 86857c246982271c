import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts'
import { isOver, selectHungUpBy, selectLatestMs } from './end.ts'
import type { Call, LegState } from './state.ts'
import type { TrackedCall } from './track.ts'

/**
 * How long a leg may stay in a state without an event before its end was probably lost: phones stop ringing within minutes,
 * people talk for hours. Too short costs a request, too long a ghost on a user's screen.
 */
export const DOUBTFUL_AFTER_MS: Readonly<Record<LegState, number>> = {
  setup: 3 * MINUTE_MS,
  ring: 3 * MINUTE_MS,
  talk: 4 * HOUR_MS,
  hold: HOUR_MS,
  parked: HOUR_MS,
  voicemail: 15 * MINUTE_MS,
  fax: 30 * MINUTE_MS,
  other: HOUR_MS,
}

/**
 * After all have left the call to another party, an event tells of that party within a second or two; and whom the other side has hung
 * up on leaves within as much.
 */
const DOUBTFUL_ALONE_MS = 30 * SECOND_MS

/**
 * Whether a call has been silent for so long that it is worth asking the platform whether it still goes on. `nowMs` is on the
 * platform's clock. The legs of one call leave within moments of each other: the one with the shortest patience decides.
 */
export function isDoubtful(call: Call, nowMs: number): boolean {
  if (call.legs.length === 0 || isOver(call)) return false
  const present = call.legs.flatMap(({ current }) => current ?? [])
  const patienceMs =
    present.length === 0 || isLeftBehind(call, present)
      ? DOUBTFUL_ALONE_MS
      : Math.min(...present.map(({ state }) => DOUBTFUL_AFTER_MS[state]))
  return nowMs - selectLatestMs(call) > patienceMs
}

/** Whether one party alone seems to be connected still, after another has hung up. */
function isLeftBehind(call: Call, [one, ...others]: readonly { readonly state: LegState }[]): boolean {
  if (others.length > 0 || (one?.state !== 'talk' && one?.state !== 'hold')) return false
  return selectHungUpBy(call) !== undefined
}

/** No call lasts a day without a hold, a mute, or a name that comes late. */
export const LOST_AFTER_MS = DAY_MS

/**
 * Whether nothing was heard of a call for so long that it is over, also when RingCentral can't be asked. `nowMs`: platform's
 * clock.
 */
export function isLost(tracked: TrackedCall, nowMs: number): boolean {
  return !isOver(tracked.call) && nowMs - selectLastHeardMs(tracked) > LOST_AFTER_MS
}

/** The latest moment that anything tells of: until then a call that goes on is known to have done so. Ms, platform's clock. */
export function selectLastHeardMs({ call, history }: TrackedCall): number {
  return Math.max(
    selectLatestMs(call),
    ...history.entries.map(({ eventTimeMs }) => eventTimeMs),
    ...history.statuses.map(({ asOfMs }) => asOfMs),
  )
}

/**
 * The moment as of which a call without news counts as over: that of its last event. An answer that said it goes on
 * counts until a later one, so the moment after that.
 */
export function selectLostAsOfMs(tracked: TrackedCall): number {
  const heardMs = selectLastHeardMs(tracked)
  return tracked.history.statuses.some(({ asOfMs }) => asOfMs === heardMs) ? heardMs + 1 : heardMs
}
