import { browser } from 'wxt/browser'
import { RING_PORT, type RingCommand } from '../lib/contract/ring.ts'
import { createPlayer, type RoutedContext } from './player.ts'

/**
 * The page that makes the sound, in sight of nobody: the worker itself can make none. It is there while something sounds. When the
 * worker has it stop, or is ended, the port closes, and with it goes the sound.
 */
const player = createPlayer(new AudioContext() as RoutedContext, () => close())
const port = browser.runtime.connect({ name: RING_PORT })
port.onMessage.addListener((command: RingCommand) => void player.play(command))
port.onDisconnect.addListener(player.end)

// See it: npm start, switch the sound on in the settings, and place a call from the phone page.
