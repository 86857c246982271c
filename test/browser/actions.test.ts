import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../platform/calls/call.ts'
import type { CardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { step } from '../support/step.ts'
import { endAndPutAway, handleCalls, openToHandle } from './handle-calls.ts'
import { putAway } from './put-away.ts'
import { openScene, type Scene } from './scene.ts'

/** What a person does with calls: from a click on the card, through relay and platform, to the event that shows it. */

let scene: Scene
let page: Page
let card: CardReader

beforeEach(async () => {
  scene = await openScene()
  ;({ page, card } = await openToHandle(scene))
})
afterEach(() => scene?.close())

const { state, buttons, shows, offers, press, fill, ring, talk, follow, picture } = handleCalls(() => ({
  scene,
  page,
  card,
}))

let going: Call | undefined

describe('a call that rings', () => {
  it('is answered on the phone, held, resumed and ended', async () => {
    going = await ring()
    const asked = follow()
    await offers('Answer', 'To voicemail', 'Forward…', 'Decline')
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
    await offers('Call back (408) 555-0123')
    expect(asked()).toEqual(['POST answer', 'POST hold', 'POST unhold', 'DELETE'])
    expect(going.state()).toBe('ended')
  })

  it('is declined, sent to voicemail, left to the colleagues, or forwarded', async () => {
    await step('is declined', async () => {
      going = await ring()
      await press('Decline')
      await shows('Declined')
      await endAndPutAway(going, card)
    })
    await step('is sent to the own voicemail', async () => {
      going = await ring()
      await press('To voicemail')
      await shows('In voicemail')
      expect(going.state()).toBe('leaving a message')
      await offers()
      await endAndPutAway(going, card)
    })
    await step('through a queue is left to the colleagues, who go on ringing', async () => {
      going = await ring({ to: '400195' })
      const asked = follow()
      await offers('Answer', 'Forward…', 'Decline')
      await press('Decline')
      await eventually(async () => expect(await state()).not.toBe('Ringing'))
      expect(asked()).toEqual(['POST ignore'])
      expect(going.state()).toBe('ringing')
      await endAndPutAway(going, card)
    })
    await step('is forwarded to a number that was typed', async () => {
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
})

describe('a call that goes on', () => {
  it('is muted, recorded and parked', async () => {
    await step('is muted, and heard again', async () => {
      going = await talk()
      const asked = follow()
      await press('Mute')
      await eventually(async () => expect(await buttons()).toContain('Unmute'))
      await press('Unmute')
      await eventually(async () => expect(await buttons()).toContain('Mute'))
      expect(asked()).toEqual(['PATCH', 'PATCH'])
      await endAndPutAway(going, card)
    })
    await step('is recorded, and the recording paused and continued', async () => {
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
      await endAndPutAway(going, card)
    })
    await step('is parked and fetched back', async () => {
      going = await talk()
      await press('Park')
      await shows('Parked')
      await offers('Pick up')
      await picture('parked')
      await press('Pick up')
      await shows('Talking')
      expect(going.state()).toBe('talking')
    })
  })

  it('is transferred to a colleague whom the list suggests, by keys alone once the list is open', async () => {
    const before = await ring({ from: '400104' })
    before.hangUp('caller')
    await shows('Caller hung up')
    await putAway(card)
    going = await talk()
    const asked = follow()
    await fill('Transfer…', 'oka')
    await eventually(async () =>
      expect(await card.texts('[role="option"]')).toEqual(['Sam Okafor\navailable\nExt. 104']),
    )
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

/** Types into the field for a target as soon as it is there, before a frame with it is painted. */
async function typeWhenThere(popup: Page, text: string): Promise<void> {
  await popup.evaluate((typed) => {
    new MutationObserver((_, observer) => {
      const field = document.querySelector<HTMLInputElement>('[role=combobox]')
      if (field === null) return
      observer.disconnect()
      field.value = typed
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }).observe(document.body, { childList: true, subtree: true })
  }, text)
}

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
    await typeWhenThere(popup, 'nobody')
    await popup.getByRole('button', { name: 'Transfer…' }).click()
    await popup.getByRole('button', { name: 'Transfer', exact: true }).click()
    await popup.getByText('This is neither a phone number nor an extension.').waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await popup.emulateMedia({ colorScheme })
      await takePicture(popup, `actions-popup-${colorScheme}`)
    }
    await popup.getByRole('combobox').fill('+12065550147')
    await popup.getByRole('button', { name: 'Transfer to +12065550147' }).click()
    await popup.getByRole('heading', { name: 'Now' }).waitFor({ state: 'detached' })
    await popup.close()
    await page.bringToFront()
    expect(going.state()).toBe('ringing')
  })
})
