import { SECOND_MS } from '../../shared/time.ts'
import type { RingCommand, RingSound } from '../lib/contract/ring.ts'
import { composeRing, KNOCK_MS, RING_PERIOD_MS } from './compose.ts'

/** Makes one sound at a time, each at the volume and at the output that it is told. */
export interface Player {
  play(command: RingCommand): Promise<void>
  /** Ends what sounds. */
  end(): void
}

/** Where the sound goes can be chosen in every Chrome that Ringside runs in; the DOM's types do not know it yet. */
export interface RoutedContext extends AudioContext {
  setSinkId(deviceId: string): Promise<void>
}

/** Within so long a sound that is cut off fades, so that it does not click. */
const FADE_MS = 20

/** `onOver`: nothing sounds any more. */
export function createPlayer(context: RoutedContext, onOver: () => void): Player {
  const gain = new GainNode(context, { gain: 0 })
  gain.connect(context.destination)
  let playing: { readonly sound: RingSound; readonly source: AudioBufferSourceNode } | undefined
  let outputId = ''
  let isEnding = false

  function start(sound: RingSound): AudioBufferSourceNode {
    const samples = composeRing(context.sampleRate)
    const buffer = new AudioBuffer({ length: samples.length, sampleRate: context.sampleRate })
    buffer.copyToChannel(samples, 0)
    const source = new AudioBufferSourceNode(context, { buffer, loop: sound === 'ring' })
    source.connect(gain)
    source.onended = () => {
      if (playing?.source === source) onOver()
    }
    source.start()
    return source
  }

  /** Where what was chosen is not connected, the usual output is better than none. */
  async function useOutput(wantedId: string): Promise<void> {
    if (wantedId === outputId) return
    outputId = wantedId
    await context.setSinkId(wantedId).catch(() => context.setSinkId('').catch(() => undefined))
  }

  return {
    play: async ({ sound, volumePercent, outputId: wantedId, mostMs }) => {
      await useOutput(wantedId)
      if (isEnding) return
      // The ear hears half of it as much more than half.
      gain.gain.setTargetAtTime((volumePercent / 100) ** 2, context.currentTime, FADE_MS / SECOND_MS / 3)
      if (playing?.sound !== sound) {
        const before = playing?.source
        playing = { sound, source: start(sound) }
        before?.stop()
      } else if (sound !== 'ring') return
      // By the clock of the sound itself: it ends also when everything else has gone to sleep.
      playing.source.stop(context.currentTime + lastsMs(sound, mostMs) / SECOND_MS)
    },
    end: () => {
      isEnding = true
      if (playing === undefined) return onOver()
      gain.gain.setTargetAtTime(0, context.currentTime, FADE_MS / SECOND_MS / 3)
      playing.source.stop(context.currentTime + FADE_MS / SECOND_MS)
    },
  }
}

function lastsMs(sound: RingSound, mostMs: number): number {
  if (sound === 'ring') return mostMs
  return sound === 'once' ? RING_PERIOD_MS : KNOCK_MS
}
