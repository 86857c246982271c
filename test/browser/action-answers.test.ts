import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../platform/calls/call.ts'
import type { CardReader } from '../support/browser/card.ts'
import { eventually } from '../support/eventually.ts'
import { step } from '../support/step.ts'
import { endAndPutAway, handleCalls, openToHandle } from './handle-calls.ts'
import { openScene, type Scene } from './scene.ts'

/** What the card says of what was asked for: that it is under way, refused, or done though nobody said so. */

let scene: Scene
let page: Page
let card: CardReader

beforeEach(async () => {
  scene = await openScene()
  ;({ page, card } = await openToHandle(scene))
})
afterEach(() => scene?.close())

const { buttons, busy, said, shows, press, fill, talk, follow, picture } = handleCalls(() => ({ scene, page, card }))

let going: Call | undefined

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
      await endAndPutAway(going, card)
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
      await endAndPutAway(going, card)
    })
    await step('may have been done though nobody said so, and the event is believed', async () => {
      going = await talk()
      const asked = follow()
      scene.platform.misbehave.resetRequests(/\/hold$/, { times: 1, isCarriedOut: true })
      await press('Hold')
      await shows('On hold')
      await eventually(async () => expect(await said()).toBe(''))
      expect(asked()).toEqual(['POST hold'])
      await endAndPutAway(going, card)
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
