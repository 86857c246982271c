import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../platform/calls/call.ts'
import type { CardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { step } from '../support/step.ts'
import { BEA, handleCalls } from './handle-calls.ts'
import { putAway } from './put-away.ts'
import { openScene, type Scene, signInAs, signInByHand } from './scene.ts'

/** What a person does with calls: from a click on the card, through relay and platform, to the event that shows it. */

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

const now = () => ({ scene, page, card })
const { state, buttons, busy, said, shows, offers, press, use, fill, ring, talk, follow, picture } = handleCalls(now)

let going: Call | undefined

/** Ends the call, if it goes on, and puts its card away. */
async function clear(): Promise<void> {
  if (going?.state() !== 'ended') going?.hangUp('caller')
  await going?.settled()
  await putAway(card)
}

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
      await clear()
    })
    await step('is sent to the own voicemail', async () => {
      going = await ring()
      await press('To voicemail')
      await shows('In voicemail')
      expect(going.state()).toBe('leaving a message')
      await offers()
      await clear()
    })
    await step('through a queue is left to the colleagues, who go on ringing', async () => {
      going = await ring({ to: '400195' })
      const asked = follow()
      await offers('Answer', 'Forward…', 'Decline')
      await press('Decline')
      await eventually(async () => expect(await state()).not.toBe('Ringing'))
      expect(asked()).toEqual(['POST ignore'])
      expect(going.state()).toBe('ringing')
      await clear()
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
      await clear()
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
      await clear()
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

describe('a call that is asked about first', () => {
  const SAM = '400104'
  const of = (phase: string, part: string) => `article[data-phase="${phase}"] ${part}`

  /** Ada is on hold, and Sam's phone rings. */
  async function askSam(): Promise<{ readonly question: Call; readonly asked: () => readonly string[] }> {
    going = await talk()
    const asked = follow()
    await fill('Transfer…', '104')
    await picture('ask-form')
    await press('Ask first')
    await eventually(async () => expect(await card.texts(of('calling', '.question .button'))).toHaveLength(2))
    const question = await eventually(() => scene.platform.findCall(SAM) ?? expect.unreachable('nobody calls Sam'))
    return { question, asked }
  }

  async function pressIn(selector: string, isDone: () => Promise<boolean>): Promise<void> {
    await eventually(
      async () => {
        if (await isDone()) return
        await card.click(selector)
        throw new Error(`${selector} has not taken the click`)
      },
      { intervalMs: 600 },
    )
  }

  it('has the caller wait, and both are joined once the colleague has answered', async () => {
    const { question, asked } = await askSam()
    expect(asked()).toEqual(['POST hold', 'POST call-out'])
    expect(going?.state()).toBe('on hold')
    expect(await card.texts(of('calling', '.question .button'))).toEqual(['Connect Ada Winter', 'Back'])
    expect(await card.property(of('calling', '.question .primary'), 'ariaDisabled')).toBe('true')
    await picture('ask-rings')
    question.answer()
    await eventually(async () =>
      expect(await card.property(of('talking', '.question .primary'), 'ariaDisabled')).toBe('false'),
    )
    await picture('ask-talks')
    expect(await card.findBarriers()).toEqual([])
    expect((await card.box('article[data-phase="talking"]'))?.height).toBeLessThanOrEqual(260)
    await pressIn(of('talking', '.question .primary'), async () => asked().length > 2)
    expect(asked()).toEqual(['POST hold', 'POST call-out', 'POST bridge'])
    await eventually(async () => expect(await card.texts('article:not([data-phase="ended"])')).toEqual([]))
    await picture('ask-joined')
    expect(question.state()).toBe('talking')
  })

  it('asks somebody with several phones which one rings, once, and then has the caller wait', async () => {
    await signInAs(scene, 'Noor Haddad')
    going = scene.platform.placeCall({ from: '+14085550123', to: '400103' })
    going.answer()
    await shows('Talking')
    const asked = follow()
    await fill('Transfer…', '104')
    await press('Ask first')
    await eventually(async () => expect(await card.texts('.phones button')).toHaveLength(2))
    await picture('ask-phone')
    expect(await card.findBarriers()).toEqual([])
    expect(asked()).toEqual([])
    await pressIn('.phones li:last-child button', async () => asked().length > 0)
    await eventually(() => expect(asked()).toEqual(['POST hold', 'POST call-out']))
  })

  it('has the caller back when the colleague can’t take it', async () => {
    const { question, asked } = await askSam()
    question.answer()
    await eventually(async () => expect(await card.texts(of('talking', '.question .button'))).toHaveLength(2))
    await pressIn(of('talking', '.question .button:last-child'), async () => asked().length > 2)
    await eventually(() => expect(going?.state()).toBe('talking'))
    expect(asked()).toEqual(['POST hold', 'POST call-out', 'DELETE', 'POST unhold'])
    expect(question.state()).toBe('ended')
    await eventually(async () => expect(await card.texts(of('talking', '.who .name'))).toEqual(['Ada Winter']))
    await picture('ask-back')
  })
})

describe('what was asked for', () => {
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

  it('is pending, refused, or done though nobody said so', async () => {
    await step('is pending while RingCentral is slow, and done when the event comes', async () => {
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
      await clear()
    })
    await step('is refused in words, with the reason that RingCentral gives', async () => {
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
      await clear()
    })
    await step('may have been done though nobody said so, and the event is believed', async () => {
      going = await talk()
      const asked = follow()
      scene.platform.misbehave.resetRequests(/\/hold$/, { times: 1, isCarriedOut: true })
      await press('Hold')
      await shows('On hold')
      await eventually(async () => expect(await said()).toBe(''))
      expect(asked()).toEqual(['POST hold'])
      await clear()
    })
    await step('is not asked for when it names nobody', async () => {
      going = await talk()
      const asked = follow()
      await fill('Transfer…', 'nobody')
      await press('Transfer')
      expect(await said()).toBe('This is neither a phone number nor an extension.')
      expect(asked()).toEqual([])
    })
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
