import type { News } from '../../../shared/call/difference.ts'
import type { Clock } from '../../../shared/clock.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { RingSound } from '../../lib/contract/ring.ts'
import type { RingSettings } from '../../lib/settings/settings.ts'
import type { Setting } from '../../lib/settings/validated-setting.ts'
import type { RingPage } from './ring-page.ts'
import { type HeardCall, isOnThePhone, isToBeHeard } from './select-ring.ts'

/**
 * Has calls that ring for the person heard, where they want that: one sound, however many calls ring, and none once nobody rings any
 * more. Somebody who is on the phone hears a knock in its place, once a call and softly: they are to know of it, and who they talk
 * to is not to hear it ring.
 */
export interface Ringer {
  /** The calls have changed, or whether they are known. */
  look(): void
  /** Something has happened to a call, just now. */
  tell(call: HeardCall, news: readonly News[]): void
  /** Lets the person hear it one time. `ringing`: not now, for a call rings. */
  playOnce(): 'ringing' | undefined
}

export interface RingerOptions {
  readonly settings: Pick<Setting<RingSettings>, 'fallback' | 'getValue' | 'watch'>
  /** The user's calls as they are now; none while nobody knows. */
  readonly calls: () => readonly HeardCall[]
  /** Whether the made-up call rings, which sounds like any other. */
  readonly isSampleRinging: () => boolean
  readonly page: Pick<RingPage, 'play' | 'stop' | 'sound'>
  readonly clock: Pick<Clock, 'after'>
}

/** A ring goes on for so long without the worker: time for a worker that is busy, and nobody is rung at for longer. */
export const RINGS_ALONE_MS = 10 * SECOND_MS
const REPEAT_MS = RINGS_ALONE_MS / 2
/** Of what the person has chosen. */
const KNOCK_SHARE = 0.5

export function createRinger({ settings, calls, isSampleRinging, page, clock }: RingerOptions): Ringer {
  let current = settings.fallback
  let cancel = () => {}

  function follow(next: RingSettings): void {
    current = next
    const sound = page.sound()
    // What sounds already is at another volume now, or comes from elsewhere.
    if (sound !== undefined) play(sound)
    look()
  }

  function play(sound: RingSound): void {
    const { volumePercent, output } = current
    page.play({
      sound,
      volumePercent: sound === 'knock' ? volumePercent * KNOCK_SHARE : volumePercent,
      outputId: output?.id ?? '',
      mostMs: RINGS_ALONE_MS,
    })
  }

  function ring(): void {
    cancel()
    play('ring')
    cancel = clock.after(REPEAT_MS, () => {
      if (wantsRing()) ring()
    })
  }

  function isRinging(): boolean {
    return current.isOn && (isSampleRinging() || calls().some(isToBeHeard))
  }

  function wantsRing(): boolean {
    return isRinging() && !isOnThePhone(calls())
  }

  function look(): void {
    const sound = page.sound()
    if (wantsRing()) {
      if (sound !== 'ring') ring()
      return
    }
    cancel()
    if (sound === 'ring' || (sound === 'knock' && !isRinging())) page.stop()
  }

  settings.watch(follow)
  void settings.getValue().then(follow)

  return {
    look,
    tell: (call, news) => {
      if (!current.isOn || !news.includes('ringing') || !isToBeHeard(call)) return
      const others = calls().filter(({ telephonySessionId }) => telephonySessionId !== call.telephonySessionId)
      if (isOnThePhone(others)) play('knock')
    },
    playOnce: () => {
      const sound = page.sound()
      if (sound === 'ring' || sound === 'knock') return 'ringing'
      play('once')
      return undefined
    },
  }
}
