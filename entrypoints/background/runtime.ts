import { browser } from 'wxt/browser'
import type { Clock } from '../../shared/clock.ts'
import type { SignInRuntime } from './sign-in/sign-in.ts'
import type { UserRuntime } from './user/parts.ts'

/** The computer's clock and Chrome's timers. Chrome may end the worker while one runs: nothing may be lost with it. */
export const browserClock: Clock = {
  nowMs: () => Date.now(),
  elapsedMs: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs)
    return () => clearTimeout(timer)
  },
}

/** What the parts of a user need of the browser. */
export const userRuntime: UserRuntime = {
  clock: browserClock,
  fetch: (input, init) => fetch(input, init),
  connect: (url) => new WebSocket(url),
  random: () => Math.random(),
}

/** What signing in needs of it. */
export const signInRuntime: SignInRuntime = {
  fetch: (input, init) => fetch(input, init),
  get redirectUrl() {
    return browser.identity.getRedirectURL()
  },
  openWindow: (url) => browser.identity.launchWebAuthFlow({ url, interactive: true }),
}
