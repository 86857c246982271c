import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../platform/calls/call.ts'
import type { CardReader } from '../support/browser/card.ts'
import { eventually } from '../support/eventually.ts'
import { putAway } from './put-away.ts'
import { openScene, type Scene, signInAs, signInByHand } from './scene.ts'

/** What a person does with calls: from a click on the card, through relay and platform, to the event that shows it. */

const BEA = '400102'
const ADA = '+14085550123'
const pictures = new URL('../../test-results/screens', import.meta.url).pathname

let scene: Scene
let page: Page
let card: CardReader

beforeEach(async () => {
  mkdirSync(pictures, { recursive: true })
  scene = await openScene()
  // What a person does in a minute these tests do in seconds.
  scene.platform.misbehave.limitRates({ Light: 10_000, Heavy: 10_000 })
  await signInAs(scene, 'Bea Lindqvist')
  ;({ page, card } = await scene.openCrm())
})
afterEach(() => scene?.close())

/** Longer than a button has to have been seen: a click that comes too early is no reason to wait anew. */
const PRESS = { intervalMs: 600 }
const state = async () => (await card.read())[0]?.state
const buttons = () => card.texts('article:first-of-type .actions > .row button')
const busy = () => card.texts('.actions [aria-busy="true"]')
const said = async () => (await card.texts('.actions p.problem')).join('')
const shows = (expected: string) => eventually(async () => expect(await state()).toBe(expected))
const offers = (...expected: readonly string[]) => eventually(async () => expect(await buttons()).toEqual(expected))

/** Presses a button until it takes the click: one that has just come into view does not yet. */
async function press(name: string): Promise<void> {
  await isThere(name)
  const before = await said()
  const asked = follow()
  await eventually(async () => {
    const isRefused = !['', before].includes(await said())
    const isTaken = isRefused || asked().length > 0 || (await busy()).includes(name)
    if (isTaken || !(await card.texts('button')).includes(name)) return
    await card.press(name)
    throw new Error(`the button "${name}" has not taken the click`)
  }, PRESS)
}

const isThere = (button: string) => eventually(async () => expect(await card.texts('button')).toContain(button))

/** Uses what has no consequence: one click is enough. */
async function use(name: string): Promise<void> {
  await isThere(name)
  await card.press(name)
}

/** Opens a form and types into its field once that has the keys. */
async function fill(opener: string, text: string): Promise<void> {
  await use(opener)
  await eventually(async () => expect(await card.texts('[role="combobox"]:focus')).toHaveLength(1))
  await page.keyboard.type(text)
}

async function ring(options: { readonly from?: string; readonly to?: string } = {}): Promise<Call> {
  const call = scene.platform.placeCall({ from: ADA, to: BEA, ...options })
  await shows('Ringing')
  return call
}

async function talk(): Promise<Call> {
  const call = await ring()
  call.answer()
  await shows('Talking')
  return call
}

async function picture(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `${pictures}/actions-${name}-${colorScheme}.png` })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** What was asked of the platform's call control, as `POST hold`, from here on. */
function follow(): () => readonly string[] {
  const before = scene.platform.requests().length
  const said = (path: string) => path.split(/\/parties\/[^/]+\/?|\/telephony\//).at(-1)
  return () =>
    scene.platform
      .requests()
      .slice(before)
      .filter(({ method, path }) => method !== 'GET' && path.includes('/telephony/'))
      .map(({ method, path }) => `${method} ${said(path)}`.trim())
}

let going: Call | undefined

describe('a call that rings', () => {
  it('is answered on the phone, held, resumed and ended', async () => {
    going = await ring()
    const asked = follow()
    await offers('Answer', 'Decline', 'To voicemail', 'Forward…')
    await picture('ringing')
    await press('Answer')
    await shows('Talking')
    await offers('Hold', 'Mute', 'Transfer…', 'Park', 'Record', 'Raise hand', 'Hang up')
    await picture('talking')
    await press('Hold')
    await shows('On hold')
    await offers('Resume', 'Transfer…', 'Park', 'Raise hand', 'Hang up')
    await picture('on-hold')
    await press('Resume')
    await shows('Talking')
    await press('Hang up')
    await shows('Ended')
    await offers()
    expect(asked()).toEqual(['POST answer', 'POST hold', 'POST unhold', 'DELETE'])
    expect(going.state()).toBe('ended')
  })

  it('is declined', async () => {
    going = await ring()
    await press('Decline')
    await shows('Declined')
  })

  it('is sent to the own voicemail', async () => {
    going = await ring()
    await press('To voicemail')
    await shows('In voicemail')
    expect(going.state()).toBe('leaving a message')
    await offers()
  })

  it('through a queue is left to the colleagues, who go on ringing', async () => {
    going = await ring({ to: '400195' })
    const asked = follow()
    await offers('Answer', 'Decline', 'Forward…')
    await press('Decline')
    await eventually(async () => expect(await state()).not.toBe('Ringing'))
    expect(asked()).toEqual(['POST ignore'])
    expect(going.state()).toBe('ringing')
  })

  it('is forwarded to a number that was typed', async () => {
    going = await ring()
    const asked = follow()
    await fill('Forward…', '104')
    await press('Forward to 104')
    await shows('Transferred')
    expect(asked()).toEqual(['POST forward'])
    going.answer('400104')
    expect(going.state()).toBe('talking')
  })
})

describe('a call that goes on', () => {
  it('is muted, and heard again', async () => {
    going = await talk()
    const asked = follow()
    await press('Mute')
    await eventually(async () => expect(await buttons()).toContain('Unmute'))
    await press('Unmute')
    await eventually(async () => expect(await buttons()).toContain('Mute'))
    expect(asked()).toEqual(['PATCH', 'PATCH'])
  })

  it('is recorded, and the recording paused and continued', async () => {
    going = await talk()
    const asked = follow()
    await press('Record')
    await press('Pause recording')
    await eventually(async () => expect(await buttons()).toContain('Record'))
    await press('Record')
    await eventually(async () => expect(await buttons()).toContain('Pause recording'))
    expect(asked().map((line) => line.replace(/\/.*/, ''))).toEqual([
      'POST recordings',
      'PATCH recordings',
      'PATCH recordings',
    ])
  })

  it('is parked and fetched back', async () => {
    going = await talk()
    await press('Park')
    await shows('Parked')
    await offers('Pick up')
    await picture('parked')
    await press('Pick up')
    await shows('Talking')
    expect(going.state()).toBe('talking')
  })

  it('is transferred to a colleague whom the list suggests, by keys alone once the list is open', async () => {
    const before = await ring({ from: '400104' })
    before.hangUp('caller')
    await shows('Caller hung up')
    await putAway(card)
    going = await talk()
    const asked = follow()
    await fill('Transfer…', 'oka')
    await eventually(async () => expect(await card.texts('[role="option"]')).toEqual(['Sam Okafor\nExt. 104']))
    await page.keyboard.press('ArrowDown')
    expect(await card.property('[role="option"]', 'ariaSelected')).toBe('true')
    await picture('transfer')
    expect(await card.findBarriers()).toEqual([])
    await page.keyboard.press('Enter')
    await eventually(async () => expect(await card.focused()).toBe('Transfer to Sam Okafor'))
    await eventually(async () => {
      if ((await state()) !== 'Talking') return
      await page.keyboard.press('Enter')
      throw new Error('the key has not been taken')
    })
    await shows('Transferred')
    expect(asked()).toEqual(['POST transfer'])
    going.answer('400104')
  })

  it('has its form closed by Escape, which leaves card and call as they are', async () => {
    going = await talk()
    await fill('Transfer…', '10')
    await page.keyboard.press('Escape')
    await eventually(async () => expect(await card.focused()).toBe('Transfer…'))
    expect(await card.texts('[role="combobox"]')).toEqual([])
    expect(await state()).toBe('Talking')
  })
})

describe('what was asked for', () => {
  it('is pending while RingCentral is slow, and done when the event comes', async () => {
    going = await talk()
    const stop = scene.platform.misbehave.slowRequests(/\/hold$/)
    const asked = follow()
    await press('Hold')
    expect(await busy()).toEqual(['Hold'])
    await picture('pending')
    // Pressed again it is not asked again.
    await card.press('Hold')
    stop()
    await shows('On hold')
    expect(await busy()).toEqual([])
    expect(asked()).toEqual(['POST hold'])
  })

  it('is refused in words, with the reason that RingCentral gives', async () => {
    going = await talk()
    scene.platform.misbehave.answerRequests(/\/hold$/, { status: 409, errorCode: 'TAS-106' }, { times: 1 })
    await press('Hold')
    await eventually(async () =>
      expect(await said()).toBe(
        'This isn’t possible at this point in the call. RingCentral says: The request could not be carried out',
      ),
    )
    await picture('refused')
    expect(await card.findBarriers()).toEqual([])
    await press('Mute')
    await eventually(async () => expect(await said()).toBe(''))
  })

  it('says when to come back while RingCentral takes no more requests', async () => {
    going = await talk()
    scene.platform.misbehave.answerRequests(
      /\/park$/,
      { status: 429, errorCode: 'CMN-301', retryAfterS: 1 },
      { times: 1 },
    )
    await press('Park')
    await eventually(async () => expect(await said()).toMatch(/^RingCentral accepts no more .* Try again after \d/))
    // The moment comes, and with it the next request.
    await eventually(async () => {
      if ((await buttons()).includes('Unmute')) return
      await card.press('Mute')
      throw new Error('it is not muted yet')
    })
  })

  it('may have been done though nobody said so, and the event is believed', async () => {
    going = await talk()
    const asked = follow()
    scene.platform.misbehave.resetRequests(/\/hold$/, { times: 1, isCarriedOut: true })
    await press('Hold')
    await shows('On hold')
    await eventually(async () => expect(await said()).toBe(''))
    expect(asked()).toEqual(['POST hold'])
  })

  it('is not asked for when it names nobody', async () => {
    going = await talk()
    const asked = follow()
    await fill('Transfer…', 'nobody')
    await press('Transfer')
    expect(await said()).toBe('This is neither a phone number nor an extension.')
    expect(asked()).toEqual([])
  })
})

describe('the popup', () => {
  it('offers the same, for when the page keeps the card out of reach', async () => {
    going = await ring()
    // A modal dialog takes every click on the page.
    await page.evaluate(() => {
      const dialog = document.body.appendChild(document.createElement('dialog'))
      dialog.textContent = 'Unsaved changes'
      dialog.showModal()
    })
    const popup = await scene.openPopup()
    await popup.getByRole('button', { name: 'Answer', exact: true }).click()
    await popup.getByRole('button', { name: 'Hold', exact: true }).click()
    await popup.getByRole('button', { name: 'Resume', exact: true }).waitFor()
    expect(going.state()).toBe('on hold')
    await popup.getByRole('button', { name: 'Transfer…' }).click()
    await popup.getByRole('combobox').fill('nobody')
    await popup.getByRole('button', { name: 'Transfer', exact: true }).click()
    await popup.getByText('This is neither a phone number nor an extension.').waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await popup.emulateMedia({ colorScheme })
      await popup.screenshot({ path: `${pictures}/actions-popup-${colorScheme}.png` })
    }
    await popup.getByRole('combobox').fill('+12065550147')
    await popup.getByRole('button', { name: 'Transfer to +12065550147' }).click()
    await popup.getByRole('heading', { name: 'Now' }).waitFor({ state: 'detached' })
    await popup.close()
    await page.bringToFront()
    expect(going.state()).toBe('ringing')
  })
})

describe('calling out', () => {
  const link = () => page.getByRole('link', { name: '(408) 555-0123' })
  const callsPlaced = () => scene.platform.requests().filter(({ path }) => path.endsWith('/call-out')).length
  const question = () => card.texts('[aria-label="A number to call"] .name')

  /** Clicks the link and gives whether somebody kept the browser from following it. */
  async function clickLink(): Promise<boolean> {
    const taken = page.evaluate(
      () =>
        new Promise<boolean>((resolve) =>
          addEventListener(
            'click',
            (event) => {
              resolve(event.defaultPrevented)
              event.preventDefault()
            },
            { once: true },
          ),
        ),
    )
    await link().click()
    return taken
  }

  async function setCalling(button: 'Switch on' | 'Switch off', sentence: string): Promise<void> {
    const settings = await scene.browser.open('options.html')
    const section = settings.locator('section', { has: settings.getByRole('heading', { name: 'Calling' }) })
    await section.getByRole('button', { name: button }).click()
    await section.getByText(sentence).waitFor()
    if (button === 'Switch on') {
      await section.getByRole('combobox').selectOption({ label: 'Desk phone' })
      await section.getByText('Saved.').waitFor()
      await section.screenshot({ path: `${pictures}/actions-settings.png` })
    }
    await settings.close()
    await page.bringToFront()
  }

  /** What `setCalling` leads to, on a page that is loaded after it. */
  async function switchOn(): Promise<void> {
    await scene.bare.keepSetting('dialling', { isOn: true })
    await eventually(async () => expect(await scene.bare.scripts()).toContain('dial-links'))
    await page.reload()
  }

  it('is off at first: links to numbers are left to the browser, and nobody is called back', async () => {
    expect(await clickLink()).toBe(false)
    expect(await question()).toEqual([])
    going = await ring()
    going.hangUp('caller')
    await shows('Caller hung up')
    await offers()
  })

  it('is on when the person says so: a link asks first, and calls at the next click, once', async () => {
    await setCalling('Switch on', 'Calling is on.')
    const before = callsPlaced()
    await eventually(async () => expect(await clickLink()).toBe(true))
    await eventually(async () => expect(await question()).toEqual(['Call (408) 555-0123 from Desk phone?']))
    await picture('dial')
    expect(await card.findBarriers()).toEqual([])
    expect(callsPlaced()).toBe(before)
    await press('Call')
    await shows('Calling')
    expect(await question()).toEqual([])
    expect(callsPlaced()).toBe(before + 1)
    await press('Hang up')
    await shows('Cancelled')
  })

  it('asks nothing at a click that the page made up, and works on a link in an open shadow root', async () => {
    await switchOn()
    await page.evaluate(() => {
      const root = document.body.insertBefore(document.createElement('p'), document.body.firstChild).attachShadow({
        mode: 'open',
      })
      const link = root.appendChild(document.createElement('a'))
      link.href = 'tel:+12065550147'
      link.textContent = 'Grace'
      // Nobody but the browser hears of it, and there is no program for such links here.
      link.addEventListener('click', (event) => event.preventDefault())
      link.click()
      link.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }))
    })
    await page.getByRole('link', { name: 'Grace', exact: true }).click()
    // The click of the person came after those of the page: had they been taken, two ports would have asked.
    await eventually(async () => expect(await question()).toEqual(['Call (206) 555-0147 from Desk phone?']))
    await use('Cancel')
    await eventually(async () => expect(await question()).toEqual([]))
  })

  it('asks on the page for a link in a frame', async () => {
    await switchOn()
    await page.evaluate(() => {
      const frame = document.createElement('iframe')
      frame.src = '/contacts/priya-natarajan'
      document.querySelector('main')?.prepend(frame)
    })
    await page.frameLocator('iframe').getByRole('link', { name: '+44 20 7946 0018' }).click()
    await eventually(async () => expect(await question()).toEqual(['Call +44 20 7946 0018 from Desk phone?']))
    await use('Cancel')
    await eventually(async () => expect(await question()).toEqual([]))
    await page.evaluate(() => document.querySelector('iframe')?.remove())
  })

  it('says why a number was not called', async () => {
    await switchOn()
    scene.platform.misbehave.answerRequests(/\/call-out$/, { status: 403, errorCode: 'CMN-419' }, { times: 1 })
    expect(await clickLink()).toBe(true)
    await press('Call')
    await eventually(async () => expect(await said()).toMatch(/^RingCentral doesn’t let you do this\./))
    await picture('dial-refused')
    await use('Cancel')
  })

  it('calls back who was missed', async () => {
    await switchOn()
    going = await ring()
    going.hangUp('caller')
    await shows('Caller hung up')
    await offers('Call back (408) 555-0123')
    await picture('call-back')
    const before = callsPlaced()
    await press('Call back (408) 555-0123')
    await shows('Calling')
    expect(callsPlaced()).toBe(before + 1)
    await press('Hang up')
    await shows('Cancelled')
  })

  it('is off again when the person says so, in new pages and in those that are open', async () => {
    await switchOn()
    const { page: other } = await scene.openCrm()
    await setCalling('Switch off', 'Calling is off.')
    const before = callsPlaced()
    await page.reload()
    expect(await clickLink()).toBe(false)
    expect(await question()).toEqual([])
    // A page that is open still has the script, which leaves the link to the browser; that knows nobody to give it to.
    await other.bringToFront()
    const followed = other.waitForEvent('requestfailed', (request) => request.url() === 'tel:+14085550123')
    const box = await other.getByRole('link', { name: '(408) 555-0123' }).boundingBox()
    await other.mouse.click((box?.x ?? 0) + 8, (box?.y ?? 0) + 8)
    await followed
    await other.close()
    await page.bringToFront()
    expect(callsPlaced()).toBe(before)
  })
})

describe('what RingCentral does not allow', () => {
  it('is said once and not offered again until the next sign-in', async () => {
    going = await talk()
    const giveBack = scene.platform.misbehave.takePermission('CallControl', BEA)
    await press('Park')
    await eventually(async () =>
      expect(await said()).toMatch(/^Your RingCentral role does not allow this. Ask your administrator\./),
    )
    await offers('Hold', 'Mute', 'Transfer…', 'Record', 'Raise hand', 'Hang up')
    giveBack()
    await scene.browser.endWorker()
    await press('Hold')
    await shows('On hold')
    await offers('Resume', 'Transfer…', 'Raise hand', 'Hang up')
  })
})

describe('somebody with two phones', () => {
  it('is asked which one to answer on, and may do again what another person may not', async () => {
    going = await talk()
    scene.platform.misbehave.takePermission('CallControl', BEA)
    await press('Park')
    await eventually(async () => expect(await said()).toMatch(/^Your RingCentral role does not allow this\./))
    going.hangUp('caller')
    await shows('Ended')
    await putAway(card)
    const settings = await scene.browser.open('options.html')
    await settings.getByRole('button', { name: 'Sign out' }).click()
    await settings.getByRole('button', { name: 'Sign in' }).waitFor()
    await settings.close()
    await signInByHand(scene, 'Noor Haddad')
    await page.bringToFront()
    going = await ring({ to: '400103' })
    await use('Answer…')
    await eventually(async () => expect(await card.focused()).toBe('Answer on Desk phone'))
    await picture('phones')
    expect(await card.findBarriers()).toEqual([])
    await page.keyboard.press('Escape')
    await eventually(async () => expect(await card.focused()).toBe('Answer…'))
    await page.keyboard.press('Enter')
    await press('Answer on Softphone')
    await shows('Talking')
    await offers('Hold', 'Mute', 'Transfer…', 'Park', 'Record', 'Raise hand', 'Hang up')
  })
})
