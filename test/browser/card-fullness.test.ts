import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CardCall } from '../../entrypoints/lib/contract/card-call.ts'
import type { CardSnapshot } from '../../entrypoints/lib/contract/ports.ts'
import { type CardReader, createCardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { buildCardCall } from '../support/card-call.ts'
import { openScene, type Scene } from './scene.ts'

/**
 * How high the card is whatever comes together on it: the built card on an empty page of the extension, told of calls as the worker
 * tells of them. What a call can have at once is more than could be brought about by calling.
 */

/** CSS px, of a card of 320. */
const MOST = 260
const LONG =
  'The order is at the depot, and the driver waits for a word from her; ask for the gate code before you hang up.'

let scene: Scene
let page: Page
let card: CardReader

afterEach(() => scene?.close())

async function open(language: string): Promise<void> {
  scene = await openScene({ language })
  page = await scene.browser.open('icon/16.png')
  await page.setViewportSize({ width: 1000, height: 650 })
  card = await createCardReader(page)
  // In place of the worker.
  await page.evaluate(async () => {
    const told = new Set<(message: unknown) => void>()
    const nobody = { addListener: () => undefined }
    const port = {
      onMessage: { addListener: (hear: (message: unknown) => void) => told.add(hear) },
      onDisconnect: nobody,
      postMessage: () => undefined,
      disconnect: () => undefined,
    }
    Object.assign(chrome.runtime, { connect: () => port })
    Object.assign(globalThis, {
      tell: (snapshot: unknown) => {
        for (const hear of told) hear(snapshot)
      },
    })
    const script = document.createElement('script')
    script.src = '/card.js'
    const isLoaded = new Promise((resolve) => script.addEventListener('load', resolve))
    document.documentElement.append(script)
    await isLoaded
  })
}

const snapshotOf = (call: CardCall): CardSnapshot => ({
  type: 'cards',
  calls: [call],
  lostSinceMs: undefined,
  place: undefined,
  isAnnouncing: false,
})

/** The heights of the cards of these calls, one after the other. */
async function measure(calls: readonly CardCall[]): Promise<readonly number[]> {
  return page.evaluate((snapshots) => {
    const { tell } = globalThis as unknown as { tell: (snapshot: unknown) => void }
    return snapshots.map((snapshot) => {
      tell(snapshot)
      const host = document.querySelector('ringside-card')
      if (host === null) throw new Error('there should be a card')
      const root = chrome.dom.openOrClosedShadowRoot(host as HTMLElement)
      return root?.querySelector('article')?.getBoundingClientRect().height ?? 0
    })
  }, calls.map(snapshotOf))
}

const contact = {
  kind: 'contact',
  id: 'c-1',
  name: 'Ada Winter',
  company: 'Harbor Couriers',
  url: 'https://crm.example/c-1',
}
const record = (index: number) => ({
  url: `https://crm.example/${index}`,
  title: `Ada Winter, Harbor Couriers, contact no. ${index}`,
  isChosen: false,
})
const known = {
  contact: { name: 'Ada Winter', company: 'Harbor Couriers' },
  names: { contact: 'Ada Winter' },
  calls: 12,
  lastCalls: [1, 2, 3].map((index) => ({
    telephonySessionId: `e-${index}`,
    direction: 'Inbound',
    outcome: 'answered',
    startedMs: Date.parse('2026-05-26T09:00:00Z'),
    talkMs: 252_000,
    takenBy: 'Sam Okafor',
    note: LONG,
  })),
  lastNote: { text: LONG, atMs: Date.parse('2026-05-26T09:00:00Z') },
  tags: ['VIP', 'Fleet', 'Oakland'],
}

type Parts = readonly (readonly [name: string, changes: object])[]

/** What a call may have at once, each by itself. */
const PARTS: Parts = [
  ['known', { known }],
  [
    'alert',
    {
      ruleAlerts: [
        { rule: 'Important customers', text: LONG },
        { rule: 'Long waits', text: 'Waits for long' },
      ],
    },
  ],
  [
    'whispers',
    {
      whispers: [LONG, 'Offer her a discount', LONG].map((text, index) => ({
        text,
        receivedMs: index,
        fromName: 'Ines Moreau',
      })),
    },
  ],
  ['sent', { sentByRule: 'Important customers ring at the supervisor’s' }],
  ['held', { holdMs: 61_000, twoWayTalkMs: 20_000 }],
  ['lasting', { isMuted: true, isRecording: true, isHandRaised: true }],
]
const MATCHES: Parts = [
  ['nothing', {}],
  ['search', { match: { isThisPage: false, records: [record(1), record(2)], canSearch: true, crmName: 'HubSpot' } }],
  [
    'crm',
    {
      match: { isThisPage: true, records: [record(1)], canSearch: true, crmName: 'HubSpot' },
      crm: { crmName: 'HubSpot', contacts: [contact, { ...contact, id: 'c-2' }] },
    },
  ],
  [
    'new',
    {
      match: { isThisPage: false, records: [], canSearch: true, crmName: 'HubSpot' },
      crm: { crmName: 'HubSpot', contacts: [], newContactUrl: 'https://crm.example/new' },
    },
  ],
]
const KINDS = ['hold', 'mute', 'transfer', 'askFirst', 'park', 'record', 'raiseHand', 'hangUp'] as const
const STATES: Parts = [
  [
    'ringing',
    { phase: 'ringing', queueName: 'Support queue', actions: { kinds: ['answer', 'voicemail', 'forward', 'decline'] } },
  ],
  ['talking', { phase: 'talking', talkMs: 90_000, queueName: 'Support queue', actions: { kinds: KINDS } }],
  ['onHold', { phase: 'onHold', talkMs: 90_000, actions: { kinds: KINDS } }],
  [
    'conference',
    {
      phase: 'talking',
      talkMs: 90_000,
      conferenceWith: ['Grace Okonkwo-Montgomery', '(408) 555-0199'],
      actions: { kinds: KINDS },
    },
  ],
  [
    'question',
    {
      phase: 'talking',
      actions: { kinds: [...KINDS, 'connect', 'returnToCaller'], questionFor: 'Grace Okonkwo-Montgomery' },
    },
  ],
  [
    'refused',
    {
      phase: 'talking',
      actions: { kinds: KINDS, refusal: 'RingCentral didn’t accept that: parking isn’t allowed for you.' },
    },
  ],
]

function* subsets(parts: Parts): Generator<Parts> {
  for (let bits = 0; bits < 2 ** parts.length; bits++) yield parts.filter((_, index) => (bits & (1 << index)) !== 0)
}

function build(parts: Parts): CardCall {
  const plain = buildCardCall()
  const changes = Object.assign({}, ...parts.map(([, part]) => part))
  return { ...plain, ...changes, actions: { ...plain.actions, ...changes.actions } }
}

describe.each(['en', 'de'])('a card in %s', (language) => {
  beforeEach(() => open(language))

  it('is no higher than it may be, whatever comes together', async () => {
    const tried: { readonly name: string; readonly height: number }[] = []
    for (const state of STATES) {
      const all = MATCHES.flatMap((match) => [...subsets(PARTS)].map((parts) => [state, match, ...parts]))
      const heights = await measure(all.map(build))
      for (const [index, height] of heights.entries()) {
        tried.push({ name: (all[index] ?? []).map(([name]) => name).join(' + '), height })
      }
    }
    expect(tried).toHaveLength(STATES.length * MATCHES.length * 2 ** PARTS.length)
    expect(Math.min(...tried.map(({ height }) => height))).toBeGreaterThan(90)
    const tooHigh = tried.filter(({ height }) => height > MOST).toSorted((a, b) => b.height - a.height)
    expect(tooHigh.map(({ name, height }) => `${height}: ${name}`).slice(0, 20)).toEqual([])
  })

  it('has all of it at a click', async () => {
    const crowded = build(
      [...STATES, ...MATCHES].filter(([name]) => name === 'talking' || name === 'crm').concat(PARTS),
    )
    await measure([crowded])
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      await takePicture(page, `card-crowded-${language}-${colorScheme}`)
    }
    expect(await card.texts('.known, .match')).toEqual([])
    await card.click('.origin-line .more')
    await expect.poll(() => card.texts('.known, .match')).toHaveLength(2)
    expect(await card.texts('.whispers li')).toHaveLength(3)
    await takePicture(page, `card-crowded-open-${language}`)
    expect(await card.findBarriers()).toEqual([])
  })
})
