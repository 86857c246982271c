import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { findBarriersInBoth } from '../support/browser/axe.ts'
import { eventually } from '../support/eventually.ts'
import { restampStream } from '../support/restamp.ts'
import { step } from '../support/step.ts'
import { listenToRing, type RingEar } from './ring-ear.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

let scene: Scene
let ear: RingEar

afterEach(() => scene?.close())

async function begin(options?: Parameters<typeof openScene>[0]): Promise<void> {
  scene = await openScene(options)
  await signInAs(scene, 'Bea Lindqvist')
  ear = await listenToRing(scene)
}

const switchOn = () => scene.bare.keepSetting('ringSound', { isOn: true, volumePercent: 60 })
const rings = () => eventually(async () => expect(await ear.hear()).toMatchObject({ state: 'running', loops: [true] }))
const isSilent = () => eventually(async () => expect(await ear.hear()).toBeUndefined())
const place = () => scene.platform.placeCall({ from: '+14085550123', to: '400102' })

describe('a call that rings', () => {
  it('is heard until it is answered, over or put away, and knocks while the person talks', async () => {
    await begin()
    await switchOn()
    const { card } = await scene.openCrm()
    const first = place()
    await step('is heard, at the volume that was chosen, on the usual output', async () => {
      await rings()
      await eventually(async () => expect((await ear.hear())?.gain).toBeCloseTo(0.36, 3))
      await eventually(async () => expect(await ear.hear()).toMatchObject({ sinkId: '' }))
    })
    await step('is silent once it is answered', async () => {
      first.answer()
      await isSilent()
      expect(ear.begun()).toBe(1)
    })
    const second = scene.platform.placeCall({ from: '+12065550147', to: '400102' })
    await step('knocks while the person talks, and does not go on', async () => {
      await eventually(() => expect(ear.begun()).toBe(2))
      await isSilent()
      await eventually(async () => expect((await card.read()).map(({ state }) => state)).toContain('Ringing'))
    })
    await step('rings once they have hung up', async () => {
      first.hangUp('agent')
      await rings()
    })
    await step('is silent once its card is put away', async () => {
      await card.click('article[data-phase="ringing"] .hide')
      await isSilent()
    })
    second.hangUp('caller')
  })

  it('goes silent with the worker, and is heard again with the next one', async () => {
    await begin()
    await switchOn()
    const call = place()
    await rings()
    await scene.browser.endWorker()
    await isSilent()
    await scene.bare.wakeWorker()
    await rings()
    call.hangUp('caller')
    await isSilent()
  })

  it('is not heard where nobody has switched that on, nor a colleague’s, nor one that the person makes', async () => {
    await begin()
    const { card } = await scene.openCrm()
    const call = place()
    await eventually(async () => expect((await card.read())[0]).toMatchObject({ state: 'Ringing' }))
    call.hangUp('caller')
    await eventually(async () => expect((await card.read()).map(({ state }) => state)).not.toContain('Ringing'))
    await switchOn()
    const theirs = scene.platform.placeCall({ from: '+14085550123', to: '400104' })
    for (const { envelope } of restampStream('user-to-pstn', Date.now())) await scene.platform.deliver(envelope)
    await eventually(async () => expect((await card.read()).map(({ state }) => state)).toContain('Ended'))
    theirs.hangUp('caller')
    expect(ear.begun()).toBe(0)
  })
})

describe('the settings of the ring sound', () => {
  it('let it be heard once, switch it on, and say what Chrome does not allow', async () => {
    await begin()
    const settings = await openSound()
    await step('play it once, also while it is off', async () => {
      // It lasts three seconds, which a busy machine may need to listen at all.
      await eventually(async () => {
        if ((await ear.hear()) === undefined) await settings.getByRole('button', { name: 'Play it once' }).click()
        expect(await ear.hear()).toMatchObject({ state: 'running', loops: [false] })
      })
      await isSilent()
    })
    const begun = ear.begun()
    await step('switch it on, with its volume', async () => {
      await settings.getByRole('switch', { name: 'Let calls ring in this browser' }).click()
      await settings.getByText('The ring sound is on.').waitFor()
      await settings.getByRole('slider', { name: 'Volume' }).fill('20')
      await settings.getByText('Volume changed.').waitFor()
    })
    await step('a call rings at that volume', async () => {
      const call = place()
      await rings()
      await eventually(async () => expect((await ear.hear())?.gain).toBeCloseTo(0.04, 3))
      await settings.getByRole('button', { name: 'Play it once' }).click()
      await settings.getByText('A call is ringing right now').waitFor()
      expect(ear.begun()).toBe(begun + 1)
      call.hangUp('caller')
      await isSilent()
    })
    await step('say that Chrome names no output without a microphone', async () => {
      await settings.getByRole('button', { name: 'Choose an output' }).click()
      await settings.getByText('This computer has no microphone').waitFor()
    })
    expect(await findBarriersInBoth(settings)).toEqual([])
  })

  it('offer the outputs there are, once Chrome may name them, and the sound goes there', async () => {
    await begin({ extraArgs: ['--use-fake-device-for-media-stream'] })
    await switchOn()
    const settings = await openSound()
    await step('refused', async () => {
      // Whatever else is granted, the microphone is not.
      await scene.browser.context.grantPermissions(['geolocation'])
      await settings.getByRole('button', { name: 'Choose an output' }).click()
      await settings.getByText('Chrome didn’t allow it').waitFor()
    })
    const output = settings.getByLabel('Play it on')
    await step('allowed', async () => {
      await scene.browser.context.grantPermissions(['microphone'])
      await settings.getByRole('button', { name: 'Choose an output' }).click()
      await output.selectOption({ label: 'Fake Audio Output 1' })
      await settings.getByText('Calls ring on: Fake Audio Output 1').waitFor()
    })
    const call = place()
    await rings()
    const chosen = await output.inputValue()
    expect(chosen).not.toBe('')
    await eventually(async () => expect(await ear.hear()).toMatchObject({ sinkId: chosen }))
    call.hangUp('caller')
    await isSilent()
  })
})

async function openSound(): Promise<Page> {
  return scene.browser.open('options.html#sound')
}
