import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findBarriers } from '../support/browser/axe.ts'
import { type CardReader, createCardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { step } from '../support/step.ts'
import { putAway } from './put-away.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** A newcomer's way from install to the first card, and the made-up call at its end. */

/** Light and dark, without barriers, nothing cut off; a picture of each. */
async function expectGood(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await findBarriers(page, { isColoursOnly: colorScheme === 'dark' })).toEqual([])
    await takePicture(page, `${name}-${colorScheme}`, { fullPage: true })
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}

const readSteps = (page: Page) =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-step]')].map(({ dataset }) => [dataset.step, dataset.state]),
    ),
  )

describe('a newcomer', () => {
  let scene: Scene
  let welcome: Page
  let card: CardReader

  beforeEach(async () => {
    scene = await openScene()
    welcome = await scene.browser.open('welcome.html')
    card = await createCardReader(welcome)
    await welcome.getByRole('heading', { name: 'Welcome to Ringside' }).waitFor()
  })
  afterEach(() => scene?.close())

  const expectStates = (expected: Record<string, string>) =>
    eventually(async () => expect(await readSteps(welcome)).toEqual(expected))
  const readStates = async (reader: CardReader) => (await reader.read()).map(({ state }) => state)
  const play = () => welcome.getByRole('button', { name: 'See a sample call' }).click()
  const connect = async (typed: string) => {
    await welcome.getByLabel('Invitation link or company address').fill(typed)
    await welcome.getByRole('button', { name: 'Connect' }).click()
  }
  /** Presses a button of the card until the call is in that state: right after it came up nothing can be pressed. */
  const press = (button: string, state: string) =>
    eventually(async () => {
      await card.press(button)
      expect(await readStates(card)).toEqual([state])
    })

  it('sees what it is first, and then what to do; what is granted already is done', async () => {
    await expectStates({ relay: 'now', user: 'later', sites: 'done' })
    await welcome.getByText('1 of 3 steps done. Next: Connect to your company.').waitFor()
    await welcome.getByText('The card appears on http://localhost.').waitFor()
    const first = welcome.locator('main button, main input').first()
    expect(await first.textContent()).toBe('See a sample call')
    expect(await welcome.getByRole('switch', { name: 'Notify me of calls' }).isChecked()).toBe(false)
    await expectGood(welcome, 'welcome-first')
  })

  const REFUSALS = [
    ['not an address', () => 'not an address', 'That isn’t a company address.'],
    ['nobody there', () => 'http://127.0.0.1:9', 'Nothing answers there. Check the address and your connection.'],
    ['a host, and nobody there', () => '127.0.0.1:9', 'Nothing answers there over https.'],
    ['something else there', () => scene.crmUrl, 'Something answers there, but it isn’t Ringside.'],
  ] as const

  it('is told what is wrong with an address, and goes on to signing in when the relay answers', async () => {
    for (const [what, address, said] of REFUSALS) {
      await step(what, async () => {
        await connect(address())
        await welcome.getByText(said).waitFor()
        expect(await readSteps(welcome)).toMatchObject({ relay: 'now' })
      })
    }
    // Without its scheme, as one reads it to somebody on the phone.
    const { host } = new URL(scene.relayUrl)
    await connect(host)
    await expectStates({ relay: 'done', user: 'now', sites: 'done' })
    await welcome.getByText(`Connected to ${host}.`).waitFor()
    await step('what is done has folded, and the keys are at the next step', async () => {
      await welcome.getByLabel('Invitation link or company address').waitFor({ state: 'hidden' })
      await welcome.getByRole('button', { name: 'Sign in' }).waitFor()
      await welcome.keyboard.press('Tab')
      expect(await welcome.evaluate(() => document.activeElement?.textContent)).toBe('Sign in')
    })
  })

  it('may see the sample call before anything is set up: it rings here and on the CRM page, and is held', async () => {
    const crm = await scene.openCrm()
    await welcome.bringToFront()
    await play()
    await eventually(async () => expect(await card.read()).toMatchObject([{ state: 'Ringing', name: 'Robin Sample' }]))
    await step('with everything that a card has', async () => {
      expect(await card.texts('.remarks li')).toContain('Sample call')
      expect(await card.texts('.facts')).toEqual([expect.stringMatching(/^On this page\s4th call · last .* · 4:12$/)])
      expect(await card.texts('.last-note')).toEqual(['“wants the blue one”'])
      expect(await card.texts('.company')).toEqual(['Harbor Couriers'])
    })
    await crm.page.bringToFront()
    await eventually(async () => expect((await crm.card.read())[0]?.name).toBe('Robin Sample'))
    // There the record is another page.
    expect(await crm.card.texts('.match .title')).toEqual(['Robin Sample in the sample CRM'])
    await welcome.bringToFront()
    await press('Answer', 'Talking')
    await press('Hold', 'On hold')
    await eventually(async () => expect(await readStates(crm.card)).toEqual(['On hold']))
    await expectGood(welcome, 'welcome-sample')
    await putAway(card)
    await eventually(async () => expect(await crm.card.read()).toEqual([]))
  })

  it('may decline it, and writes a note that is kept nowhere', async () => {
    await play()
    await eventually(async () => expect(await readStates(card)).toEqual(['Ringing']))
    await press('Decline', 'Declined')
    await card.click('.note textarea')
    await welcome.keyboard.type('wants the blue one')
    expect(await card.property('.note textarea', 'value')).toBe('wants the blue one')
    await play()
    await eventually(async () => expect(await readStates(card)).toEqual(['Ringing']))
    await card.click('.hide')
    await eventually(async () => expect(await card.read()).toEqual([]))
  })

  it('signs in, and is done; of the sample call there is no trace: no list, no badge', async () => {
    await scene.bare.ask('setRelay', scene.relayUrl)
    await play()
    await eventually(async () => expect(await readStates(card)).toEqual(['Ringing']))
    await card.click('.hide')
    await eventually(async () => expect(await card.read()).toEqual([]))
    const window = scene.browser.context.waitForEvent('page')
    await welcome.getByRole('button', { name: 'Sign in' }).click()
    await (await window).getByRole('button', { name: 'Bea Lindqvist' }).click()
    await expectStates({ relay: 'done', user: 'done', sites: 'done' })
    await welcome.getByText('All set. The next call shows its card on your CRM page.').waitFor()
    const popup = await scene.openPopup()
    await popup.getByText('No calls yet. The next one appears here and on your CRM page.').waitFor()
    expect(await popup.evaluate<string>('chrome.action.getBadgeText({})')).toBe('')
  })

  it('is told of a real call first: the sample goes', async () => {
    await signInAs(scene, 'Bea Lindqvist')
    await play()
    await eventually(async () => expect((await card.read())[0]?.name).toBe('Robin Sample'))
    const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    await eventually(async () => expect((await card.read()).map(({ name }) => name)).not.toContain('Robin Sample'))
    expect(await readStates(card)).toEqual(['Ringing'])
    await play()
    await welcome.getByText('A real call is going on. Try again when it is over.').waitFor()
    call.hangUp('caller')
  })

  it('can come back from the settings, and finds every step done', async () => {
    await signInAs(scene, 'Bea Lindqvist')
    await scene.bare.keepSetting('sampleSeen', true)
    const settings = await scene.browser.open('options.html')
    await settings.getByRole('link', { name: 'Show the welcome page' }).click()
    await settings.getByText('All set.').waitFor()
    await settings.setViewportSize({ width: 360, height: 700 })
    await expectGood(settings, 'welcome-360')
    await settings.close()
  })
})

describe('somebody who is invited', () => {
  it('copies the link on the relay’s page, pastes it, and is offered the company’s CRMs', async () => {
    const scene = await openScene({
      settings: { RELAY_COMPANY: 'Northwind', RELAY_SITES: 'http://localhost,https://crm.example.com' },
    })
    try {
      const invitation = await scene.browser.context.newPage()
      await invitation.goto(`${scene.relayUrl}/join`)
      await invitation.getByRole('heading', { name: 'Northwind invites you to Ringside' }).waitFor()
      await expectGood(invitation, 'invitation')
      await scene.browser.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: scene.relayUrl })
      await invitation.getByRole('button', { name: 'Copy invitation' }).click()
      await invitation.getByRole('button', { name: 'Copied' }).waitFor()

      const welcome = await scene.browser.open('welcome.html')
      await welcome.getByLabel('Invitation link or company address').focus()
      await welcome.keyboard.press('ControlOrMeta+V')
      expect(await welcome.getByLabel('Invitation link or company address').inputValue()).toBe(`${scene.relayUrl}/join`)
      await welcome.keyboard.press('Enter')
      await welcome.getByText(`Connected to Northwind (${new URL(scene.relayUrl).host}).`).waitFor()
      await welcome.getByRole('heading', { name: 'Choose your CRM' }).click()
      // What is granted already is not asked for again.
      await welcome.getByText('Your company works with crm.example.com.').waitFor()
      await expectGood(welcome, 'welcome-invited')
    } finally {
      await scene.close()
    }
  })
})

describe('in German, with nothing granted', () => {
  it('the welcome page comes at install, and every step of it is to be done, by keys alone too', async () => {
    const scene = await openScene({ language: 'de', grantedSites: [], keepsWelcome: true })
    try {
      const welcome = scene.browser.welcome
      await welcome?.getByRole('heading', { name: 'Willkommen bei Ringside' }).waitFor()
      if (welcome === undefined) throw new Error('the welcome page should have been opened at install')
      await welcome.bringToFront()
      expect(await readSteps(welcome)).toEqual({ relay: 'now', user: 'later', sites: 'later' })
      await step('from the install to the first card it is one click', async () => {
        const card = await createCardReader(welcome)
        await welcome.evaluate(() => {
          const clicks = Object.assign(window, { clicks: 0 })
          addEventListener('click', ({ isTrusted }) => void (isTrusted && clicks.clicks++), { capture: true })
        })
        await welcome.getByRole('button', { name: 'Beispielanruf ansehen' }).click()
        await eventually(async () => expect((await card.read())[0]?.name).toBe('Robin Beispiel'))
        expect(await welcome.evaluate('clicks')).toBe(1)
        await card.click('.hide')
        await eventually(async () => expect(await card.read()).toEqual([]))
      })
      await welcome.reload()
      await welcome.getByRole('heading', { name: 'Willkommen bei Ringside' }).waitFor()
      // Past the sample call and the heading of the first step.
      for (let presses = 0; presses < 3; presses++) await welcome.keyboard.press('Tab')
      await welcome.keyboard.type(scene.relayUrl)
      await welcome.keyboard.press('Enter')
      await welcome.getByText(`Verbunden mit ${new URL(scene.relayUrl).host}.`).waitFor()
      await welcome.getByText('1 von 3 Schritten erledigt. Als Nächstes: Anmelden.').waitFor()
      await expectGood(welcome, 'welcome-german')
    } finally {
      await scene.close()
    }
  })
})
