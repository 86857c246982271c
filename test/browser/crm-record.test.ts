import { afterEach, expect, it } from 'vitest'
import type { CrmRecordJson } from '../../shared/protocol/http/crm.ts'
import { TRY_AGAIN } from '../entrypoints/background/crm-record/crm-answers.ts'
import { PEOPLE } from '../platform/people.ts'
import { signIn } from '../relay/support/sign-in-flow.ts'
import { findBarriers } from '../support/browser/axe.ts'
import type { CardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { type RelayWithCrm, startRelayWithCrm } from '../support/relay-with-crm.ts'
import { step } from '../support/step.ts'
import { expectGood } from './good-page.ts'
import { pressUntil } from './press-until.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** The CRM in the extension: whom it has, on the card; how the record of a call stands; the page of those that are missing. */

const ADA = {
  id: 'c-1',
  kind: 'contact',
  name: 'Ada Winter',
  company: 'Harbor Couriers',
  ownerName: 'Sam Okafor',
  url: 'https://crm.example.com/contacts/c-1',
}
const ALAN = { id: 'c-2', kind: 'lead', name: 'Alan Winter', company: 'Harbor Couriers' }
const NUMBER = '+14085550123'
const BEA = '400102'

let scene: Scene
let relay: RelayWithCrm
afterEach(async () => {
  await relay?.close()
  await scene?.close()
})

async function open(name: string, language = 'en'): Promise<void> {
  scene = await openScene({ language })
  scene.platform.misbehave.limitRates({ Light: 10_000, Heavy: 10_000 })
  relay = await startRelayWithCrm(scene.relayUrl)
  await scene.bare.keepSetting('endedCard', 'untilClosed')
  const person = PEOPLE.find((one) => one.name === name)
  const { token, user } = await signIn({ relay: { url: scene.relayUrl } }, person?.extensionId ?? '')
  await scene.bare.signIn({ relayUrl: relay.url, token, user })
}

const record = (key: string, changes: Partial<CrmRecordJson> = {}): CrmRecordJson => ({
  ...{ key, telephonySessionIds: [key], state: 'logged', direction: 'Inbound', number: NUMBER, tries: 1 },
  at: new Date().toISOString(),
  ...changes,
})

const height = async (card: CardReader) => (await card.box('article'))?.height ?? 0

const press = (card: CardReader, name: string, isDone: () => Promise<boolean> | boolean) =>
  pressUntil(isDone, name, () => card.press(name))

it.each(['en', 'de'])('names the caller on the card, and takes the note and a choice, in %s', async (language) => {
  const isGerman = language === 'de'
  await open('Bea Lindqvist', language)
  relay.matches.set(NUMBER, { crm: 'HubSpot', contacts: [ADA] })
  const { page, card } = await scene.openCrm('/contacts/grace-okonkwo')
  const call = scene.platform.placeCall({ from: NUMBER, to: BEA })
  const id = call.telephonySessionId
  await step('whom the CRM has', async () => {
    await eventually(async () =>
      expect(await card.texts('.match .title')).toEqual(['in HubSpot: Ada Winter, Harbor Couriers']),
    )
    await eventually(async () => expect((await card.read())[0]?.name).toBe('Ada Winter'))
    expect(await card.property('.match .title', 'title')).toContain('Sam Okafor')
    await takePicture(page, `crm-card-${language}-ringing`)
  })
  await step('the note goes with the call', async () => {
    call.answer()
    await eventually(async () => expect(await card.property('article', 'data-phase')).toBe('talking'))
    await card.click('.note textarea')
    await page.keyboard.type('wants the blue one')
    await eventually(() => expect(relay.notes.get(id)).toBe('wants the blue one'))
    await page.locator('h1').first().click()
    await takePicture(page, `crm-card-${language}-talking`)
    expect(await card.findBarriers()).toEqual([])
    expect(await height(card)).toBeLessThanOrEqual(260)
  })
  await step('several: a person chooses', async () => {
    relay.records = [record(id, { state: 'ambiguous', candidates: [ADA, ALAN] })]
    call.hangUp('agent')
    const which = isGerman ? 'Welcher Kontakt in HubSpot?' : 'Which contact in HubSpot?'
    await eventually(async () => expect(await card.property('.crm-state button', 'ariaLabel')).toBe(which))
    await takePicture(page, `crm-card-${language}-ambiguous`)
    expect(await height(card)).toBeLessThanOrEqual(96)
    await card.click('.crm-state button')
    await eventually(async () => expect(await card.texts('.crm-choice li .title')).toHaveLength(2))
    await takePicture(page, `crm-card-${language}-choice`)
    expect(await card.findBarriers()).toEqual([])
    const alan = `${isGerman ? 'Dieser' : 'This one'}: Alan Winter, Harbor Couriers`
    await press(card, alan, () => relay.choices.length > 0)
    expect(relay.choices).toEqual([{ key: id, choice: { contactId: 'c-2' } }])
  })
  await step('and then it is logged', async () => {
    relay.records = [record(id, { contact: ALAN, recordUrl: 'https://crm.example.com/calls/1' })]
    await eventually(async () => expect(await card.property('.crm-state button', 'ariaLabel')).toBe('In HubSpot'))
    await takePicture(page, `crm-card-${language}-logged`)
    expect(await height(card)).toBeLessThanOrEqual(96)
    expect(await card.findBarriers()).toEqual([])
  })
})

it('says on the card why a call is not in the CRM, and offers the CRM’s own form to whom it does not know', async () => {
  await open('Bea Lindqvist')
  const { page, card } = await scene.openCrm('/contacts/grace-okonkwo')
  const call = scene.platform.placeCall({ from: '+13125550186', to: BEA })
  await eventually(async () => expect(await card.texts('.match .out')).toEqual(['New in HubSpot']))
  await takePicture(page, 'crm-card-unknown')
  relay.records = [
    record(call.telephonySessionId, { state: 'refused', words: 'hs_timestamp is missing', number: '+13125550186' }),
  ]
  call.hangUp('caller')
  await eventually(async () => expect(await card.property('.crm-state button', 'ariaLabel')).toBe('Not in HubSpot'))
  expect(await height(card)).toBeLessThanOrEqual(96)
  await card.click('.crm-state button')
  await eventually(async () => expect((await card.texts('.crm-choice p')).join()).toContain('hs_timestamp is missing'))
  await takePicture(page, 'crm-card-refused')
  await press(card, 'Leave out', () => relay.choices.length > 0)
  expect(relay.choices[0]?.choice).toEqual({ skip: true })
  await eventually(async () =>
    expect(await card.property('.crm-state button', 'ariaLabel')).toBe('Left out of HubSpot'),
  )
  const popup = await scene.openPopup()
  await popup.locator('details.call summary').first().click()
  await popup.locator('.call-crm .crm-state').getByText('Left out').waitFor()
  await takePicture(popup, 'crm-popup')
})

it('lists what is not logged and why, each with a click that settles it', async () => {
  await open('Bea Lindqvist')
  relay.records = [
    record('k-1', { state: 'ambiguous', candidates: [ADA, ALAN] }),
    record('k-2', {
      ...{ state: 'noMatch', number: '+13125550186', direction: 'Outbound', tries: 0 },
      nextTryAt: new Date(Date.now() + 600_000).toISOString(),
    }),
    record('k-3', { state: 'refused', words: 'Property hs_call_body is too long', contact: ADA }),
    record('k-4', { state: 'ready', tries: 3, nextTryAt: new Date(Date.now() + 60_000).toISOString(), contact: ADA }),
    record('k-5', { contact: ADA, recordUrl: 'https://crm.example.com/calls/5' }),
  ]
  const page = await scene.browser.open('crm-record.html')
  const item = (key: string) => page.locator(`.record[data-key="${key}"]`)
  await step('counted, and with the words of the CRM', async () => {
    await item('k-3').getByText('Property hs_call_body is too long', { exact: false }).waitFor()
    await item('k-2').getByText('Next look: ', { exact: false }).waitFor()
    expect(await page.locator('.tile .count').allInnerTexts()).toEqual(['3', '1', '1', '0', '5'])
    expect(await page.locator('.record').count()).toBe(3)
    await expectGood(page, 'crm-page')
  })
  await step('a choice', async () => {
    await item('k-1').getByRole('button', { name: 'This one: Ada Winter, Harbor Couriers' }).click()
    await eventually(() => expect(relay.choices.at(-1)).toEqual({ key: 'k-1', choice: { contactId: 'c-1' } }))
    await item('k-1').waitFor({ state: 'detached' })
  })
  await step('the form for a new contact', async () => {
    const form = scene.browser.context.waitForEvent('page')
    await item('k-2').getByRole('button', { name: 'New in HubSpot' }).click()
    await (await form).waitForURL(relay.formUrl)
    await (await form).close()
  })
  await step('another try, and leaving one out', async () => {
    await item('k-3').getByRole('button', { name: 'Try again' }).click()
    await eventually(() => expect(relay.choices.at(-1)).toEqual({ key: 'k-3', choice: TRY_AGAIN }))
    await item('k-2').getByRole('button', { name: 'Leave out' }).click()
    await page.getByText('Nothing is missing.', { exact: false }).waitFor()
    await takePicture(page, 'crm-page-empty')
  })
  await step('what was left out is logged after all', async () => {
    await page.locator('label[data-group="leftOut"]').click()
    await takePicture(page, 'crm-page-left-out')
    await item('k-2').getByRole('button', { name: 'Log it after all' }).click()
    await eventually(() => expect(relay.choices.at(-1)).toEqual({ key: 'k-2', choice: TRY_AGAIN }))
    await page.getByText('No call was left out.').waitFor()
  })
  await step('a CRM that can’t be used, and none', async () => {
    relay.crm = { ...relay.crm, isConnected: false, fault: 'Its login has ended.' }
    await page.getByRole('button', { name: 'Look again' }).click()
    await page.getByText('HubSpot is not connected. Calls wait until it is. Its login has ended.').waitFor()
    await expectGood(page, 'crm-page-not-connected')
    relay.crm = { isOn: false, isConnected: false, canConnect: false }
    await page.getByRole('button', { name: 'Look again' }).click()
    await page.getByText('Your company has connected no CRM', { exact: false }).waitFor()
    await relay.close()
    await page.reload()
    await page.getByText('The relay does not answer', { exact: false }).waitFor()
    await takePicture(page, 'crm-page-away')
  })
})

it('connects and disconnects the CRM in the settings', async () => {
  await open('Ines Moreau')
  relay.crm = { ...relay.crm, isConnected: false }
  const settings = await scene.browser.open('options.html')
  const section = settings.locator('section').filter({ has: settings.getByRole('heading', { name: 'CRM record' }) })
  await section.getByText('HubSpot is not connected yet.', { exact: false }).waitFor()
  await section.scrollIntoViewIfNeeded()
  await takePicture(settings, 'crm-settings-off')
  await section.getByRole('button', { name: 'Connect HubSpot' }).click()
  await section.getByText('HubSpot is connected for your whole company.').waitFor()
  await takePicture(settings, 'crm-settings-on')
  expect(await findBarriers(settings)).toEqual([])
  await section.getByRole('button', { name: 'Disconnect' }).click()
  await section.getByRole('button', { name: 'Yes, disconnect' }).click()
  await section.getByText('HubSpot is disconnected.').waitFor()
  const page = await scene.browser.open('crm-record.html?whose=account')
  await page.getByText('Calls I watch').waitFor()
  await takePicture(page, 'crm-page-account')
})

it('has a call in HubSpot moments after its end, with the note, by way of the relay', async () => {
  scene = await openScene({ hasCrm: true })
  await scene.bare.keepSetting('endedCard', 'untilClosed')
  await signInAs(scene, 'Bea Lindqvist')
  const { page, card } = await scene.openCrm('/contacts/grace-okonkwo')
  const call = scene.platform.placeCall({ from: NUMBER, to: BEA })
  await eventually(async () => expect((await card.texts('.match .title')).join()).toMatch(/^in HubSpot: Ada Winter, /))
  call.answer()
  await eventually(async () => expect(await card.property('article', 'data-phase')).toBe('talking'))
  await card.click('.note textarea')
  await page.keyboard.type('wants the blue one')
  await eventually(async () => expect(await card.property('.keeping', 'className')).toContain('quiet'))
  call.hangUp('agent')
  await eventually(async () => expect(await card.property('.crm-state button', 'ariaLabel')).toBe('In HubSpot'))
  await takePicture(page, 'crm-card-real')
  await eventually(() => {
    expect(scene.hubspot.calls()).toHaveLength(1)
    expect(scene.hubspot.calls()[0]?.properties.hs_call_body).toContain('wants the blue one')
  })
  const list = await scene.browser.open('crm-record.html?group=logged')
  await list.locator('.record').getByText('Ada Winter', { exact: false }).waitFor()
  await takePicture(list, 'crm-page-real')
})
