import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findBarriersInBoth } from '../support/browser/axe.ts'
import { takePicture } from '../support/browser/picture.ts'
import { step } from '../support/step.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** How one finds one's way in the settings, and how they answer what can't be. */

let scene: Scene
let settings: Page

beforeEach(async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist')
  settings = await scene.browser.open('options.html')
  await settings.getByText('Signed in as Bea Lindqvist').waitFor()
})
afterEach(() => scene?.close())

const contents = () => settings.getByRole('navigation').getByRole('link').allTextContents()
const visibleSections = () => settings.locator('section:visible > h2').allTextContents()

it('has its contents beside it in the order of its sections, and finds by any word', async () => {
  await step('every section is among the contents, and what an agent changes comes first', async () => {
    expect(await contents()).toEqual(await visibleSections())
    const groups = await settings.getByRole('navigation').getByRole('heading').allTextContents()
    expect(groups.indexOf('Calls')).toBeLessThan(groups.indexOf('For administrators'))
    await settings.getByRole('link', { name: 'Delete data' }).click()
    await expect.poll(() => settings.locator('nav [aria-current]').textContent()).toBe('Delete data')
  })
  const search = settings.getByRole('searchbox', { name: 'Search settings' })
  await step('a word leaves the sections that have it', async () => {
    await search.fill('voicemail')
    expect(await contents()).toEqual(['Reminders'])
    expect(await visibleSections()).toEqual(['Reminders'])
    // Also what can be chosen in a list, in a spelling without accents.
    await search.fill('cote d’ivoire')
    expect(await visibleSections()).toEqual(['Country'])
    await takePicture(settings, 'settings-found')
  })
  await step('a word that is nowhere is said to be', async () => {
    await search.fill('fax machine')
    await settings.getByText('No setting matches “fax machine”.').waitFor()
    expect(await visibleSections()).toEqual([])
    expect(await findBarriersInBoth(settings)).toEqual([])
    await search.fill('')
    expect(await contents()).toEqual(await visibleSections())
  })
})

it('says what is wrong at the field that it is about, and has one kind of switch', async () => {
  const field = settings.getByRole('group', { name: 'A phone that keeps ringing' }).getByLabel('Notification after')
  await field.fill('0')
  await field.press('Enter')
  const message = settings.getByText('Enter a whole number of seconds from 1 to 3,600.')
  await message.waitFor()
  expect(await field.inputValue()).toBe('30')
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  const described = (await field.getAttribute('aria-describedby'))?.split(' ') ?? []
  expect(described).toContain(await message.getAttribute('id'))
  await takePicture(settings, 'settings-error')
  expect(await findBarriersInBoth(settings)).toEqual([])
  await field.fill('45')
  await field.press('Enter')
  await message.waitFor({ state: 'detached' })
  expect(await settings.locator('input[type="checkbox"]').count()).toBe(0)
  // By keys as well as by a click on what it says.
  const masking = settings.getByRole('switch', { name: 'Hide the last digits of phone numbers' })
  await masking.press('Space')
  await expect.poll(() => masking.isChecked()).toBe(true)
  await settings.getByText('Hide the last digits of phone numbers').click()
  await expect.poll(() => masking.isChecked()).toBe(false)
})
