import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Call } from '../platform/calls/call.ts'
import type { CardReader } from '../support/browser/card.ts'
import { TAKES_PICTURES, takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { PRESS } from './press-until.ts'
import { putAway } from './put-away.ts'
import { type Scene, signInAs } from './scene.ts'

/** What a person does with a call on its card, and what the card then offers and says. */
export interface CallHandling {
  readonly state: () => Promise<string | undefined>
  /** The buttons of the newest card, in their order. */
  readonly buttons: () => Promise<readonly string[]>
  /** Those whose request is under way. */
  readonly busy: () => Promise<readonly string[]>
  /** Why something was not done. */
  readonly said: () => Promise<string>
  readonly shows: (expected: string) => Promise<void>
  readonly offers: (...expected: readonly string[]) => Promise<void>
  /** Presses a button until it takes the click: one that has just come into view does not yet. */
  readonly press: (name: string) => Promise<void>
  /** Uses what has no consequence: one click is enough. */
  readonly use: (name: string) => Promise<void>
  /** Opens a form and types into its field once that has the keys. */
  readonly fill: (opener: string, text: string) => Promise<void>
  /** A call from Ada to Bea, unless it is said otherwise. */
  readonly ring: (options?: { readonly from?: string; readonly to?: string }) => Promise<Call>
  readonly talk: () => Promise<Call>
  /** What was asked of the platform's call control, as `POST hold`, from here on. */
  readonly follow: () => () => readonly string[]
  /** The page in both colour schemes, as `actions-NAME-SCHEME.png`. */
  readonly picture: (name: string) => Promise<void>
}

export const BEA = '400102'
const ADA = '+14085550123'

/** `now` says where: each test has a scene of its own. */
export function handleCalls(
  now: () => { readonly scene: Scene; readonly page: Page; readonly card: CardReader },
): CallHandling {
  const state = async () => (await now().card.read())[0]?.state
  const buttons = () => now().card.texts('article:first-of-type .actions > .row button')
  const busy = () => now().card.texts('.actions [aria-busy="true"]')
  const said = async () => (await now().card.texts('.actions p.problem')).join('')
  const shows = (expected: string) => eventually(async () => expect(await state()).toBe(expected))
  const isThere = (button: string) => eventually(async () => expect(await now().card.has(button)).toBe(true))

  async function press(name: string): Promise<void> {
    const { card } = now()
    await isThere(name)
    const before = await said()
    const asked = follow()
    await eventually(async () => {
      const isRefused = !['', before].includes(await said())
      const isTaken = isRefused || asked().length > 0 || (await busy()).includes(name)
      if (isTaken || !(await card.has(name))) return
      await card.press(name)
      throw new Error(`the button "${name}" has not taken the click`)
    }, PRESS)
  }

  async function use(name: string): Promise<void> {
    await isThere(name)
    await now().card.press(name)
  }

  async function fill(opener: string, text: string): Promise<void> {
    const { page, card } = now()
    await use(opener)
    await eventually(async () => expect(await card.texts('[role="combobox"]:focus')).toHaveLength(1))
    await page.keyboard.type(text)
  }

  async function ring(options: { readonly from?: string; readonly to?: string } = {}): Promise<Call> {
    const call = now().scene.platform.placeCall({ from: ADA, to: BEA, ...options })
    await shows('Ringing')
    return call
  }

  async function talk(): Promise<Call> {
    const call = await ring()
    call.answer()
    await shows('Talking')
    return call
  }

  function follow(): () => readonly string[] {
    const { platform } = now().scene
    const before = platform.requests().length
    const said = (path: string) => path.split(/\/parties\/[^/]+\/?|\/telephony\//).at(-1)
    return () =>
      platform
        .requests()
        .slice(before)
        .filter(({ method, path }) => method !== 'GET' && path.includes('/telephony/'))
        .map(({ method, path }) => `${method} ${said(path)}`.trim())
  }

  async function picture(name: string): Promise<void> {
    if (!TAKES_PICTURES) return
    const { page } = now()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await takePicture(page, `actions-${name}-${colorScheme}`)
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }

  return {
    state,
    buttons,
    busy,
    said,
    shows,
    offers: (...expected) => eventually(async () => expect(await buttons()).toEqual(expected)),
    press,
    use,
    fill,
    ring,
    talk,
    follow,
    picture,
  }
}

/** Bea on a page of the CRM, on whose card she handles calls. */
export async function openToHandle(scene: Scene): Promise<{ readonly page: Page; readonly card: CardReader }> {
  // What a person does in a minute these tests do in seconds.
  scene.platform.misbehave.limitRates({ Light: 10_000, Heavy: 10_000 })
  await signInAs(scene, 'Bea Lindqvist')
  return scene.openCrm()
}

/** Ends the call, if it goes on, and puts its card away. */
export async function endAndPutAway(call: Call, card: CardReader): Promise<void> {
  if (call.state() !== 'ended') call.hangUp('caller')
  await call.settled()
  await putAway(card)
}
