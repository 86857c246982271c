/** From the page that makes the sound of a ring to the worker. There is a sound for as long as the port is open. */
export const RING_PORT = 'ring-sound'

/** `ring`: until it is told to stop. `once`: one time. `knock`: its first notes alone, for somebody who is on the phone. */
export type RingSound = 'ring' | 'once' | 'knock'

/** From the worker: what is to sound from now on. */
export interface RingCommand {
  readonly sound: RingSound
  /** 0 to 100, as a person hears it. */
  readonly volumePercent: number
  /** Chrome's id of the output; `''`: the one that the computer uses. */
  readonly outputId: string
  /** A ring ends by itself so long after it was told last: nobody tells it that the worker is gone for good. */
  readonly mostMs: number
}
