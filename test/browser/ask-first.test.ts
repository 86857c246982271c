import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../platform/calls/call.ts'
import type { CardReader } from '../support/browser/card.ts'
import { eventually } from '../support/eventually.ts'
import { handleCalls, openToHandle } from './handle-calls.ts'
import { pressUntil } from './press-until.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** A colleague is asked before the caller is given to them. */

let scene: Scene
let page: Page
let card: CardReader

beforeEach(async () => {
  scene = await openScene()
  ;({ page, card } = await openToHandle(scene))
})
afterEach(() => scene?.close())

const { shows, press, fill, talk, follow, picture } = handleCalls(() => ({ scene, page, card }))

let going: Call | undefined

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

  const pressIn = (selector: string, isDone: () => Promise<boolean>) =>
    pressUntil(isDone, selector, () => card.click(selector))

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
