import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContactsChange } from '../../entrypoints/lib/contract/messages.ts'
import type { Contact } from '../../entrypoints/lib/store/schema.ts'
import { findBarriers } from '../support/browser/axe.ts'
import type { CardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** What this browser knows of a caller: contacts that were brought, earlier calls, what was written down. */

/** Nobody whom the platform knows by name. */
const NORA = '+14155550199'
/** Nobody's contact. */
const IRIS = '+14155550166'

let scene: Scene

beforeEach(async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist')
})
afterEach(() => scene?.close())

const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })

/** What axe finds on the screen, and a picture of it in light and dark. */
async function look(
  page: Page,
  name: string,
  findBarriers: (colorScheme: 'light' | 'dark') => Promise<readonly string[]>,
): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await findBarriers(colorScheme)).toEqual([])
    await takePicture(page, `${name}-${colorScheme}`)
  }
}

const findPageBarriers = (page: Page, colorScheme: 'light' | 'dark') =>
  findBarriers(page, { within: '.contacts', isColoursOnly: colorScheme === 'dark' })

/** Colours can't be judged in a card: in the dark there is nothing else to be found. */
const findCardBarriers = async (card: CardReader, colorScheme: 'light' | 'dark') =>
  colorScheme === 'dark' ? [] : card.findBarriers()

const showsState = (card: CardReader, state: string) =>
  eventually(async () => expect((await card.read())[0]?.state).toBe(state))

/** Contacts that were brought before. */
async function keepContacts(): Promise<void> {
  const contacts: readonly Contact[] = [
    describeContact('Nora Field', 'Field & Sons', NORA, ['VIP', 'Fleet']),
    describeContact('Ben Frost', 'Frost Ltd', '+14155550177', []),
  ]
  await scene.bare.ask('changeContacts', { kind: 'put', contacts } satisfies ContactsChange)
}

function describeContact(name: string, company: string, phoneNumber: string, tags: readonly string[]): Contact {
  return { id: name, name, company, phoneNumbers: [phoneNumber], numberKeys: [`tel:${phoneNumber}`], tags }
}

describe('contacts', () => {
  it('are looked at before they are kept, and what is wrong with the file is told by line', async () => {
    const settings = await scene.browser.open('options.html')
    const contacts = settings.locator('section.contacts').first()
    await contacts.getByText('No contacts yet.').waitFor()
    const csv = [
      'Customer;Company;Phone;Direct line;Tags',
      'Nora Field;Field & Sons;(415) 555-0199;;VIP',
      'Ben Frost;Frost Ltd;;(415) 555-0177;',
      'Cleo Dahl;Dahl;n/a;;',
      'Nora Field;Field & Sons;415 555 0199;;',
      'Emil Roth;Roth;;;',
    ].join('\n')
    await contacts.getByLabel('CSV or vCard file').setInputFiles(file('customers.csv', csv))
    const found = '2 new, 0 changed, 0 already here. 1 more entry repeats one of these.'
    await contacts.getByText(found).waitFor()
    // Whoever knows better says so: what a column is, and what separates the columns.
    await contacts.getByRole('combobox', { name: 'Direct line' }).selectOption('Not used')
    await contacts.getByText('1 new, 0 changed, 0 already here. 1 more entry repeats one of these.').waitFor()
    const separator = contacts.getByLabel('Cells are separated by')
    await separator.selectOption('Bar ( | )')
    await contacts.getByText('Choose the column that holds the numbers.').waitFor()
    await separator.selectOption('Semicolon ( ; )')
    await contacts.getByText(found).waitFor()
    expect(await contacts.locator('details li').allInnerTexts()).toEqual([
      'Line 4, Cleo Dahl: “n/a” isn’t a number that can be called from here. Write it with its country code.',
      'Line 6, Emil Roth: no phone number',
    ])
    await contacts.scrollIntoViewIfNeeded()
    await look(settings, 'contacts-preview', (colorScheme) => findPageBarriers(settings, colorScheme))
    await contacts.getByRole('button', { name: 'Import 2 contacts' }).click()
    await contacts.getByText('Imported 2 contacts.').waitFor()
    await contacts.getByText('2 contacts', { exact: true }).waitFor()
    // Where something stands above the titles, it is said which line has them, and of each column what it is used for.
    const below = 'Customers of Northwind\n\nName;Country Code;Area Code;Phone;Notes\nOle Lind;1;415;555-0155;\n'
    await contacts.getByLabel('CSV or vCard file').setInputFiles(file('below.csv', below))
    await contacts.getByRole('checkbox', { name: 'Line 3 names the columns', checked: true }).waitFor()
    expect(await contacts.getByRole('combobox', { name: 'Country Code' }).inputValue()).toBe('countryCode')
    expect(await contacts.getByRole('combobox', { name: 'Notes' }).inputValue()).toBe('nothing')
    await look(settings, 'contacts-preview-codes', (colorScheme) => findPageBarriers(settings, colorScheme))
    await settings.close()
  })

  it('from a vCard file are put together with those that are there', async () => {
    await keepContacts()
    const settings = await scene.browser.open('options.html')
    const contacts = settings.locator('section.contacts').first()
    const cards = [
      'BEGIN:VCARD\nVERSION:3.0\nFN:Nora Field\nORG:Field & Sons\nTEL:+1 415 555 0199\nCATEGORIES:Wholesale\nEND:VCARD',
      'BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrgen\nTEL;CELL:+49 30 1234567\nEND:VCARD',
    ].join('\n')
    await contacts.getByLabel('CSV or vCard file').setInputFiles(file('phone.vcf', cards))
    await contacts.getByText('1 new, 1 changed, 0 already here.').waitFor()
    await contacts.getByRole('button', { name: 'Import 2 contacts' }).click()
    await contacts.getByText('3 contacts', { exact: true }).waitFor()

    await contacts.getByLabel('Find a contact').fill('jurgen')
    await expect.poll(() => contacts.locator('.list bdi').allInnerTexts()).toEqual(['Jürgen Müller'])
    await contacts.getByLabel('Find a contact').fill('555 0177')
    await expect.poll(() => contacts.locator('.list bdi').allInnerTexts()).toEqual(['Ben Frost'])
    await contacts.getByRole('button', { name: 'Remove Ben Frost' }).click()
    await contacts.getByText('No contact matches.').waitFor()
    await contacts.getByLabel('Find a contact').fill('')
    await contacts.getByLabel('Tags of Nora Field').fill('VIP, Fleet')
    await contacts.getByLabel('Tags of Nora Field').press('Enter')
    await contacts.getByText('Saved the tags of Nora Field.').waitFor()
    await contacts.scrollIntoViewIfNeeded()
    await look(settings, 'contacts', (colorScheme) => findPageBarriers(settings, colorScheme))
    await settings.close()
  })

  it('that are all to go are asked for first', async () => {
    await keepContacts()
    const settings = await scene.browser.open('options.html')
    const contacts = settings.locator('section.contacts').first()
    await contacts.getByRole('button', { name: 'Remove all' }).click()
    await contacts.getByText('Remove all 2 contacts from this browser?').waitFor()
    await contacts.getByRole('button', { name: 'Keep all' }).click()
    await contacts.getByRole('button', { name: 'Remove all' }).waitFor()
    await contacts.getByText('2 contacts', { exact: true }).waitFor()
    await settings.close()
  })
})

describe('a call from a contact', () => {
  beforeEach(keepContacts)

  /** A call that was talked on and noted down, whose card is still up. */
  async function talkAndNote({ page, card }: { readonly page: Page; readonly card: CardReader }): Promise<void> {
    const call = scene.platform.placeCall({ from: NORA, to: '400102' })
    await showsState(card, 'Ringing')
    call.answer()
    await showsState(card, 'Talking')
    await card.click('.note textarea')
    await page.keyboard.type('wants the blue one')
    await eventually(async () => expect(await card.texts('.keeping')).toEqual(['Saved']))
    call.hangUp('agent')
    await showsState(card, 'Ended')
  }

  it('shows who it is; what is typed is on every tab, and there after the worker was ended', async () => {
    const one = await scene.openCrm()
    const other = await scene.openCrm('/contacts/grace-okonkwo')
    const call = scene.platform.placeCall({ from: NORA, to: '400102' })
    await showsState(other.card, 'Ringing')
    await eventually(async () => expect((await other.card.read())[0]?.name).toBe('Nora Field'))
    await eventually(async () => expect(await other.card.texts('.origin .company')).toEqual(['Field & Sons']))
    expect(await other.card.texts('.known .tag')).toEqual(['VIP', 'Fleet'])
    await look(other.page, 'card-contact', (colorScheme) => findCardBarriers(other.card, colorScheme))

    call.answer()
    await showsState(other.card, 'Talking')
    await other.card.click('.note textarea')
    await other.page.keyboard.type('wants the blue one')
    await other.card.click('.tags-field input')
    await other.page.keyboard.type('Callback')
    await other.page.keyboard.press('Enter')
    await eventually(async () => expect(await other.card.texts('.keeping')).toEqual(['Saved']))
    await look(other.page, 'card-note', (colorScheme) => findCardBarriers(other.card, colorScheme))

    await scene.browser.endWorker()
    await one.page.bringToFront()
    await eventually(async () => expect(await one.card.property('.note textarea', 'value')).toBe('wants the blue one'))
    await eventually(async () => expect(await one.card.texts('.tags-field bdi')).toEqual(['Callback']))

    call.hangUp('agent')
    await showsState(one.card, 'Ended')
    await one.card.press('Remove the tag Callback')
    await eventually(async () => expect(await one.card.texts('.tags-field bdi')).toEqual([]))
    await other.page.bringToFront()
    await eventually(async () => expect(await other.card.texts('.tags-field bdi')).toEqual([]))
    await one.page.close()
    await other.page.close()
  })

  it('is copied as lines for the CRM', async () => {
    await scene.browser.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const { page, card } = await scene.openCrm()
    await talkAndNote({ page, card })
    await card.press('Copy for the CRM')
    await eventually(async () => expect(await card.texts('.copied')).toEqual(['Copied.']))
    const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n')
    expect(lines).toEqual([
      'Nora Field, Field & Sons',
      'Number: (415) 555-0199',
      expect.stringMatching(/^When: \w+ \d+, \d{4}, \d+:\d\d\s[AP]M$/),
      'Call: Incoming call, answered',
      expect.stringMatching(/^Ring: \d:\d\d$/),
      expect.stringMatching(/^Talk: \d:\d\d$/),
      'Note: wants the blue one',
    ])
    await page.close()
  })

  it('the second time shows the first, and what was noted then', async () => {
    const { page, card } = await scene.openCrm()
    await talkAndNote({ page, card })
    scene.platform.placeCall({ from: NORA, to: '400102' })
    await showsState(card, 'Ringing')
    await eventually(async () => expect(await card.texts('.known .last-note')).toEqual(['“wants the blue one”']))
    expect(await card.texts('.known .calls')).toEqual([expect.stringMatching(/^2nd call · last today · \d:\d\d$/)])
    await look(page, 'card-known', (colorScheme) => findCardBarriers(card, colorScheme))
    await card.click('.known .calls')
    await eventually(async () =>
      expect(await card.texts('.last-calls li')).toEqual([
        expect.stringMatching(/^today \d+:\d\d\s[AP]M · \d:\d\d\s*“wants the blue one”$/),
      ]),
    )
    await look(page, 'card-last-calls', (colorScheme) => findCardBarriers(card, colorScheme))
  })

  it('the network gives another name for is called as the contact on every screen', async () => {
    const { page, card } = await scene.openCrm()
    const call = scene.platform.placeCall({ from: NORA, fromName: 'WIRELESS CALLER', to: '400102' })
    await showsState(card, 'Ringing')
    await expect.poll(async () => (await card.read())[0]?.name).toBe('Nora Field')
    const popup = await scene.browser.open('popup.html')
    await popup.locator('.live .who', { hasText: 'Nora Field' }).waitFor()
    call.hangUp('caller')
    await popup.locator('details.call .who', { hasText: 'Nora Field' }).first().waitFor()
    await expect.poll(() => popup.getByText('WIRELESS CALLER').count()).toBe(0)
    await popup.close()
    const reports = await scene.browser.open('reports.html#view=calls')
    const who = reports.locator('.calls-body td[data-column=who]')
    await who.filter({ hasText: 'Nora Field' }).first().waitFor()
    await expect.poll(() => reports.getByText('WIRELESS CALLER').count()).toBe(0)
    await reports.close()
    await page.close()
  })

  it('is called as the contact in the popup without a card as well, and where it was put away', async () => {
    scene.platform.placeCall({ from: NORA, fromName: 'WIRELESS CALLER', to: '400102' })
    const popup = await scene.browser.open('popup.html')
    await popup.locator('.live .who', { hasText: 'Nora Field' }).waitFor()
    await popup.close()
    const { page, card } = await scene.openCrm()
    await showsState(card, 'Ringing')
    await card.press('Hide this call')
    await eventually(async () => expect(await card.read()).toEqual([]))
    const again = await scene.browser.open('popup.html')
    await again.locator('.live .who', { hasText: 'Nora Field' }).waitFor()
    await again.close()
    await page.close()
  })

  it('without a name from the network, now or before, goes by the name of another call', async () => {
    const { page, card } = await scene.openCrm()
    const first = scene.platform.placeCall({ from: IRIS, fromName: 'IRIS VALE', to: '400102' })
    await showsState(card, 'Ringing')
    first.hangUp('caller')
    await expect.poll(async () => (await card.read()).map(({ state }) => state)).not.toContain('Ringing')
    const second = scene.platform.placeCall({ from: IRIS, to: '400102' })
    await showsState(card, 'Ringing')
    await expect.poll(async () => (await card.read())[0]?.name).toBe('IRIS VALE')
    expect(await card.texts('.origin')).toEqual(expect.arrayContaining([expect.stringContaining('last known name')]))
    second.hangUp('caller')
    const popup = await scene.browser.open('popup.html')
    await popup.locator('.call .from-other-call', { hasText: 'IRIS VALE' }).waitFor()
    await popup.close()
    await page.close()
  })

  it('who is nobody’s contact is named on the card by keys, and called so from then on', async () => {
    const { page, card } = await scene.openCrm()
    const call = scene.platform.placeCall({ from: IRIS, fromName: 'WIRELESS CALLER', to: '400102' })
    await showsState(card, 'Ringing')
    await eventually(async () => expect(await card.texts('.name-caller')).toHaveLength(1))
    for (let presses = 0; (await card.focused()) !== 'Name this caller'; presses++) {
      expect(presses).toBeLessThan(60)
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await eventually(async () => expect(await card.focused()).toBe('Name of this caller'))
    await page.keyboard.type('Iris Vale')
    await look(page, 'card-name-caller', (colorScheme) => findCardBarriers(card, colorScheme))
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await card.read())[0]?.name).toBe('Iris Vale')
    // A contact has its name, and the keys are still the card's.
    expect(await card.texts('.name-caller')).toEqual([])
    expect(await card.focused()).toBeDefined()
    call.hangUp('caller')
    scene.platform.placeCall({ from: IRIS, fromName: 'WIRELESS CALLER', to: '400102' })
    await expect.poll(async () => (await card.read())[0]?.name).toBe('Iris Vale')
    const settings = await scene.browser.open('options.html')
    await settings.getByLabel('Tags of Iris Vale').waitFor()
    await settings.close()
  })
})
