import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ZENDESK } from '../../entrypoints/lib/crm/zendesk.ts'
import { findBarriers } from '../support/browser/axe.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { step } from '../support/step.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

let scene: Scene
let settings: Page

beforeEach(async () => {
  scene = await openScene({ grantedSites: ['http://localhost/*', ...ZENDESK.matches] })
  await signInAs(scene, 'Bea Lindqvist')
  settings = await scene.browser.open('options.html')
})
afterEach(() => scene?.close())

const crm = (name: string) => settings.getByRole('switch', { name })
const others = () => settings.getByRole('list', { name: 'Other sites' })
const ADDRESS = 'Search address'

/** Opens what can be changed about the sample CRM, and gives it. */
async function openEditor() {
  const editor = settings.locator('details', { has: settings.getByLabel('Edit search of http://localhost') })
  if (!(await editor.evaluate((details: HTMLDetailsElement) => details.open))) await editor.locator('summary').click()
  return editor
}

describe('the sites in the settings', () => {
  it('are the known CRMs and any other, shut nobody out, and say what is wrong with an address', async () => {
    await step('are the known CRMs, each on or off, and any other by its address', async () => {
      await eventually(async () => expect(await crm('Zendesk').getAttribute('aria-checked')).toBe('true'))
      const known = settings.getByRole('list', { name: 'Known CRMs' })
      expect(await known.getByRole('switch').count()).toBe(7)
      expect(await known.getByRole('switch', { checked: true }).count()).toBe(1)
      expect(await others().getByText('http://localhost').count()).toBe(1)
      expect(await others().getByText('zendesk').count()).toBe(0)
    })
    await step('look as they should, and shut nobody out', async () => {
      const editor = await openEditor()
      await editor.getByLabel(ADDRESS).waitFor()
      expect(await findBarriers(settings)).toEqual([])
      for (const colorScheme of ['light', 'dark'] as const) {
        await settings.emulateMedia({ colorScheme })
        await takePicture(settings, `settings-sites-${colorScheme}`, { fullPage: true })
      }
      expect(await findBarriers(settings, { isColoursOnly: true })).toEqual([])
      await settings.emulateMedia({ colorScheme: 'light' })
      await settings.setViewportSize({ width: 360, height: 800 })
      await takePicture(settings, 'settings-sites-360', { fullPage: true })
      expect(await settings.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      await settings.setViewportSize({ width: 1280, height: 800 })
    })
    await step('say what is wrong with the address of a search, and keep nothing of it', async () => {
      const editor = await openEditor()
      const refusals = [
        ['localhost/find?q={digits}', 'The search address should begin with {origin}/ or https://.'],
        ['{origin}/find', 'The search address should contain one of {e164} {national} {digits} {name}.'],
        ['{origin}/find?q={phone}', '{phone} isn’t a known placeholder.'],
      ] as const
      for (const [address, refusal] of refusals) {
        await editor.getByLabel(ADDRESS).fill(address)
        await editor.getByText('This isn’t a complete address yet.').waitFor()
        await editor.getByRole('button', { name: 'Save' }).click()
        await editor.getByText(refusal).waitFor()
      }
      await editor.getByLabel(ADDRESS).fill('')
      await editor.getByLabel('Record address').fill('contacts')
      await editor.getByRole('button', { name: 'Save' }).click()
      await editor.getByText('The record address should begin with /').waitFor()
      await settings.reload()
      const fresh = await openEditor()
      expect(await fresh.getByLabel(ADDRESS).inputValue()).toBe('')
      expect(await fresh.getByRole('button', { name: 'Reset', exact: true }).isDisabled()).toBe(true)
    })
  })

  it('are searched as the person says from then on, and as before when that is put back', async () => {
    const { page, card } = await scene.openCrm('/contacts?q=nobody')
    const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    call.answer()
    const offers = (expected: readonly string[]) =>
      eventually(async () => {
        expect((await card.read())[0]?.name).toBe('Ada Winter')
        expect(await card.texts('.match .ways > .button')).toEqual(expected)
      })

    const editor = await openEditor()
    await editor.getByLabel(ADDRESS).fill('{origin}/contacts?q={digits}')
    await editor.getByText('For (408) 555-0123 it opens http://localhost/contacts?q=4085550123').waitFor()
    await editor.getByRole('button', { name: 'Save' }).click()
    await editor.getByText('Saved. The next card searches this way.').waitFor()

    await page.bringToFront()
    await offers(['Search localhost'])
    const opened = scene.browser.context.waitForEvent('page')
    let isOpen = false
    void opened.then(() => {
      isOpen = true
    })
    await eventually(
      async () => {
        if (!isOpen) await card.press('Search localhost')
        expect(isOpen).toBe(true)
      },
      { intervalMs: 300 },
    )
    const found = await opened
    await found.waitForURL(`${scene.crmUrl}/contacts?q=4085550123`)
    await found.getByText('1 contact').waitFor()
    await found.close()

    await settings.bringToFront()
    await editor.getByRole('button', { name: 'Reset', exact: true }).click()
    await editor.getByText('Reset to default.').waitFor()
    expect(await editor.getByLabel(ADDRESS).inputValue()).toBe('')
    await page.bringToFront()
    await offers([])
    call.hangUp('agent')
    await page.close()
  })

  it('can be switched off, and are not searched any more', async () => {
    await settings.bringToFront()
    await settings.getByLabel('Edit search of Zendesk').click()
    const editor = settings.locator('details', { has: settings.getByLabel('Edit search of Zendesk') })
    const address = () => editor.getByLabel(ADDRESS).inputValue()
    await expect.poll(address).toBe('{origin}/agent/search/1?type=user&q={e164}')
    await crm('Zendesk').click()
    await settings.getByText('Removed Zendesk.').waitFor()
    await eventually(async () => expect(await crm('Zendesk').getAttribute('aria-checked')).toBe('false'))
    expect(await settings.getByLabel('Edit search of Zendesk').count()).toBe(0)
  })
})
