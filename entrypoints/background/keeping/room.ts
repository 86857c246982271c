/** What the browser says of its room for this extension, bytes. Either is absent where it does not say. */
export interface RoomEstimate {
  readonly usage?: number
  readonly quota?: number
}

/** From here on the person is warned: time enough to export, or to keep less. */
const SCARCE = 0.8
/** From here on the oldest events go by themselves. */
const NEARLY_FULL = 0.9

export function isScarce(room: RoomEstimate): boolean {
  return usedShare(room) >= SCARCE
}

export function isNearlyFull(room: RoomEstimate): boolean {
  return usedShare(room) >= NEARLY_FULL
}

function usedShare({ usage = 0, quota = 0 }: RoomEstimate): number {
  return quota > 0 ? usage / quota : 0
}
