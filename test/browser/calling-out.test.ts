import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { handleCalls } from './handle-calls.ts'
import { putAway } from './put-away.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** Numbers as links that call, off until the person switches it on; and calling back, from the card at any time. */

let scene: Scene
let page: Page
let card: CardReader

beforeEach(async () => {
  scene = await openScene()
  // What a person does in a minute these tests do in seconds.
  scene.platform.misbehave.limitRates({ Light: 10_000, Heavy: 10_000 })
  await signInAs(scene, 'Bea Lindqvist')
  ;({ page, card } = await scene.openCrm())
})
afterEach(() => scene?.close())

const { said, shows, offers, press, use, ring, picture } = handleCalls(() => ({ scene, page, card }))

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

  async function setCalling(isWanted: boolean, sentence: string): Promise<void> {
    const settings = await scene.browser.open('options.html')
    const section = settings.locator('section', { has: settings.getByRole('heading', { name: 'Calling' }) })
    await section.getByRole('switch', { name: 'Call numbers that are links' }).click()
    await section.getByText(sentence).waitFor()
    if (isWanted) {
      await section.getByRole('combobox').selectOption({ label: 'Desk phone' })
      await section.getByText('Saved.').waitFor()
      await takePicture(section, 'actions-settings')
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

  it('from links is off at first: they are left to the browser', async () => {
    expect(await clickLink()).toBe(false)
    expect(await question()).toEqual([])
  })

  it('is on when the person says so: a link asks first, and calls at the next click, once', async () => {
    await setCalling(true, 'Calling from links is on.')
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

  it.each([
    ['frame', undefined],
    // As mail is shown that may do nothing on the page.
    ['sandbox', ''],
  ])('asks on the page for a link in a %s', async (_what, sandbox) => {
    await switchOn()
    await page.evaluate((sandbox) => {
      const frame = document.createElement('iframe')
      if (sandbox !== undefined) frame.setAttribute('sandbox', sandbox)
      frame.src = '/contacts/priya-natarajan'
      document.querySelector('main')?.prepend(frame)
    }, sandbox)
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

  it('calls back who was missed, whatever becomes of links', async () => {
    const going = await ring()
    going.hangUp('caller')
    await shows('Caller hung up')
    await offers('Call back')
    await picture('call-back')
    const before = callsPlaced()
    await press('Call back (408) 555-0123')
    await shows('Calling')
    expect(callsPlaced()).toBe(before + 1)
    await press('Hang up')
    await shows('Cancelled')
  })

  it('calls back by keys alone, and asks somebody with two phones once which one rings first', async () => {
    await signInAs(scene, 'Noor Haddad')
    const miss = async () => {
      const going = await ring({ to: '400103' })
      going.hangUp('caller')
      await shows('Caller hung up')
      await offers('Call back')
    }
    await miss()
    for (let presses = 0; (await card.focused()) !== 'Call back (408) 555-0123'; presses++) {
      expect(presses).toBeLessThan(60)
      await page.keyboard.press('Tab')
    }
    await eventually(async () => {
      if ((await card.texts('.phones button')).length > 0) return
      await page.keyboard.press('Enter')
      throw new Error('it has not asked for the phone')
    })
    expect(await card.texts('.phones button')).toEqual(['Call from Desk phone', 'Call from Softphone'])
    expect(await card.findBarriers()).toEqual([])
    await picture('call-back-phones')
    const before = callsPlaced()
    await page.keyboard.press('Tab')
    await eventually(async () => expect(await card.focused()).toBe('Call from Softphone'))
    await eventually(async () => {
      if (callsPlaced() > before) return
      await page.keyboard.press('Enter')
      throw new Error('it has not called')
    })
    await shows('Calling')
    await press('Hang up')
    await shows('Cancelled')
    await putAway(card)
    await miss()
    await press('Call back (408) 555-0123')
    await shows('Calling')
    expect(callsPlaced()).toBe(before + 2)
  })

  it('is off again when the person says so, in new pages and in those that are open', async () => {
    await switchOn()
    const { page: other } = await scene.openCrm()
    await setCalling(false, 'Calling from links is off.')
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
