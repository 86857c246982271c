import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decodeNotification } from '../../shared/protocol/notification.ts'
import type { CardReader, CardText } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { restampStream } from '../support/restamp.ts'
import type { StreamName } from '../support/streams.ts'
import { putAway } from './put-away.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** Every state of a card beside the sample CRM: what it says, that axe finds nothing, and a picture for whoever looks. */

let scene: Scene
let page: Page
let card: CardReader

beforeEach(async () => {
  scene = await openScene()
  // However long this takes: the card is there until it is put away.
  await scene.bare.keepSetting('endedCard', 'untilClosed')
  await signInAs(scene, 'Bea Lindqvist')
  const crm = await scene.openCrm()
  page = crm.page
  card = crm.card
})
afterEach(() => scene?.close())

const ALL = Number.POSITIVE_INFINITY

/** Delivers a recorded call up to the event with this number, as if that event were of this moment. Up to its end unless told. */
async function play(name: StreamName, upTo = ALL): Promise<void> {
  const events = restampStream(name, 0).filter(({ sequence }) => sequence <= upTo)
  const decoded = decodeNotification(events.at(-1)?.envelope)
  if (decoded.kind !== 'telephony') throw new Error(`${name} should end in a telephony event`)
  const startMs = Date.now() - decoded.notification.eventTimeMs
  for (const { envelope } of restampStream(name, startMs).filter(({ sequence }) => sequence <= upTo)) {
    await scene.platform.deliver(envelope)
  }
}

/** One after another on one page, a few at a time: each row after the card of the one before was put away. */
function inGroups<Row extends readonly [name: string, ...rest: unknown[]]>(
  rows: readonly Row[],
): readonly (readonly [names: string, group: readonly Row[]])[] {
  const atATime = 5
  return rows.flatMap((_, index) => {
    const group = rows.slice(index, index + atATime)
    return index % atATime === 0 ? [[group.map(([name]) => name).join('; '), group] as const] : []
  })
}

const first = async () => (await card.read())[0]
const shows = (expected: Partial<CardText>) => eventually(async () => expect(await first()).toMatchObject(expected))

async function keepPictures(name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await takePicture(page, `card-${name}-${colorScheme}`)
  }
}

const CLOCK = expect.stringMatching(/^\d+:\d\d$/)

describe('while a call goes on, the card shows', () => {
  const rows: readonly (readonly [what: string, stream: StreamName, upTo: number, expected: Partial<CardText>])[] = [
    [
      'a call that rings, with name and number',
      'direct-call',
      5,
      { state: 'Ringing', time: CLOCK, name: 'Grace Okonkwo', number: '(206) 555-0147', via: 'Incoming call' },
    ],
    ['the queue it came through', 'queue-answered', 7, { state: 'Ringing', via: 'Sales' }],
    ['a number from abroad, and where it is from', 'voicemail', 5, { state: 'Ringing', number: '+44 20 7946 0018' }],
    ['a number without a name', 'late-name', 3, { state: 'Ringing', name: '(408) 555-0123' }],
    ['a withheld number', 'anonymous', 5, { state: 'Ringing', name: 'Withheld number' }],
    ['a colleague, by extension', 'user-to-user', 5, { state: 'Ringing', name: 'Sam Okafor', number: 'Ext. 104' }],
    [
      'a call of mine that nobody has answered',
      'pstn-callee',
      4,
      { state: 'Calling', time: CLOCK, via: 'Outgoing call' },
    ],
    [
      'the talk time beside the state, and no hold before there is one',
      'direct-call',
      6,
      { state: 'Talking', time: CLOCK, figures: {} },
    ],
    [
      'a hold, its time and the talk time that stands still',
      'direct-call',
      7,
      { state: 'On hold', time: CLOCK, figures: { Talk: '0:14' } },
    ],
    [
      'a hold that is over beside the talk time',
      'direct-call',
      8,
      { state: 'Talking', time: CLOCK, figures: { Hold: '0:06' } },
    ],
    ['a parked call', 'park-and-pick-up', 7, { state: 'Parked', time: CLOCK }],
    ['a message that is being left', 'voicemail', 6, { state: 'In voicemail', time: CLOCK }],
    ['a fax that comes in', 'fax', 5, { state: 'Receiving a fax', time: CLOCK }],
  ]
  it.each(inGroups(rows))('%s', async (_, group) => {
    for (const [what, stream, upTo, expected] of group) {
      await play(stream, upTo)
      await shows(expected)
      await keepPictures(what.replaceAll(/\W+/g, '-'))
      expect(await card.findBarriers(), what).toEqual([])
      await putAway(card)
    }
  })

  it('where a parked call waits', async () => {
    await play('park-and-pick-up', 7)
    await shows({ state: 'Parked' })
    expect(await card.texts('.remarks li')).toEqual(['Parked at *801'])
  })

  it('where a number from abroad is from, and nothing of the own country', async () => {
    await play('voicemail', 5)
    await shows({ name: 'Priya Natarajan' })
    expect(await card.texts('.region')).toEqual(['United Kingdom'])
    await putAway(card)
    await play('direct-call', 5)
    await shows({ name: 'Grace Okonkwo' })
    expect(await card.texts('.region')).toEqual([])
  })
})

describe('when a call is over, the card says', () => {
  const rows: readonly (readonly [stream: StreamName, upTo: number, expected: Partial<CardText>])[] = [
    ['pstn-to-user', ALL, { state: 'Ended', figures: { Ring: '0:07', Talk: '0:12', Hold: '0:02' } }],
    ['no-answer', ALL, { state: 'Missed', figures: { Ring: '0:25' } }],
    ['rejected', ALL, { state: 'Declined' }],
    ['blind-transfer', ALL, { state: 'Transferred' }],
    ['park-and-pick-up', ALL, { state: 'Parked' }],
    ['cancelled', ALL, { state: 'Cancelled' }],
    ['busy', ALL, { state: 'Busy' }],
    ['failed', ALL, { state: 'Could not be connected' }],
    ['fax', ALL, { state: 'Fax' }],
  ]
  it.each(inGroups(rows))('of %s', async (_, group) => {
    for (const [stream, upTo, expected] of group) {
      await play(stream, upTo)
      await shows(expected)
      // A parked call is called so while it waits, too, and has a time then.
      await eventually(async () => expect(await first(), stream).not.toHaveProperty('time'))
      await keepPictures(`over-${stream}`)
      expect(await card.findBarriers(), stream).toEqual([])
      await putAway(card)
    }
  })
})

describe('when there is nothing left to do about a call', () => {
  it('the card says so and goes by itself', async () => {
    const rows: readonly (readonly [stream: StreamName, upTo: number, expected: Partial<CardText>])[] = [
      ['caller-gave-up', ALL, { state: 'Caller hung up' }],
      // The others go on without me.
      ['queue-answered-elsewhere', 9, { state: 'Answered by a colleague', via: 'Sales' }],
      ['voicemail', ALL, { state: 'Went to voicemail' }],
    ]
    for (const [stream, upTo, expected] of rows) {
      await play(stream, upTo)
      await shows(expected)
      await takePicture(page, `card-over-${stream}`)
    }
    await eventually(async () => expect(await card.read()).toEqual([]))
  })
})
