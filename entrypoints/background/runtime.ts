import { browser } from 'wxt/browser'
import type { SignInWorld } from './sign-in/sign-in.ts'
import type { AskingWorld } from './stream/asking.ts'
import type { SocketWorld } from './stream/relay-socket.ts'

/** What the stream and the relay's answers need of the browser. */
export const world: SocketWorld & AskingWorld = {
  fetch: (input, init) => fetch(input, init),
  connect: (url) => new WebSocket(url),
  nowMs: () => Date.now(),
  random: () => Math.random(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs)
    return () => clearTimeout(timer)
  },
}

/** What signing in needs of it. */
export const signInWorld: SignInWorld = {
  fetch: (input, init) => fetch(input, init),
  get redirectUrl() {
    return browser.identity.getRedirectURL()
  },
  openWindow: (url) => browser.identity.launchWebAuthFlow({ url, interactive: true }),
}
