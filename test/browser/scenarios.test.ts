import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatClock } from '../../entrypoints/lib/wording/format.ts'
import { LAST_CALLS } from '../../entrypoints/popup/call-lists.ts'
import { formatNumber } from '../../shared/number/format.ts'
import { eventually } from '../support/eventually.ts'
import { restampStream } from '../support/restamp.ts'
import {
  AGENT_EXTENSION_ID,
  type ExpectedPart,
  listExpectedCalls,
  loadExpected,
  STREAM_NAMES,
  type StreamName,
} from '../support/streams.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** Every kind of call, from the webhook to what an agent reads in the popup. */

let scene: Scene
let popup: Page

beforeEach(async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist')
  popup = await scene.openPopup()
})
afterEach(() => scene?.close())

const STATES: Readonly<Record<string, string>> = {
  answered: 'Answered',
  answeredElsewhere: 'Answered by a colleague',
  missed: 'Missed',
  callerGaveUp: 'Caller hung up',
  replied: 'Replied with a message',
  rejected: 'Declined',
  voicemail: 'Went to voicemail',
  transferred: 'Transferred',
  parked: 'Parked',
  cancelled: 'Cancelled',
  busy: 'Busy',
  failed: 'Could not be connected',
  notPlaced: 'Your phone wasn’t answered',
  fax: 'Fax',
}

function describeRow({
  counterpart,
  outcome,
  ringMs,
  talkMs,
  holdMs,
}: Omit<ExpectedPart, 'direction' | 'queueName'>): string {
  const number = formatNumber(counterpart.phoneNumber ?? undefined, 'US')
  const shown = number?.kind === 'extension' ? `Ext. ${number.text}` : number?.text
  const who = counterpart.name ?? shown ?? 'Withheld number'
  return [who, STATES[outcome], formatClock(ringMs), formatClock(talkMs), formatClock(holdMs)].join(' · ')
}

function readRows(): Promise<readonly string[]> {
  return popup.locator('details.call > summary').evaluateAll((summaries) =>
    summaries.map((summary) => {
      const text = (selector: string) => summary.querySelector(selector)?.textContent ?? ''
      // What there was none of is not there.
      const times = ['ring', 'talk', 'hold'].map(
        (figure) => summary.querySelector(`.times > [data-figure=${figure}]`)?.lastChild?.textContent ?? '0:00',
      )
      return [text('.who'), text('.state'), ...times].join(' · ')
    }),
  )
}

const listMine = (name: StreamName) =>
  listExpectedCalls(loadExpected(name)).filter(({ extensionId }) => extensionId === AGENT_EXTENSION_ID)

/** Into one popup come as many streams one after another as it lists calls of. One stream lends another the last known name of a number: where that would show, they are not seen together. */
function groupStreams(): readonly (readonly StreamName[])[] {
  const groups: StreamName[][] = []
  for (const name of STREAM_NAMES) {
    const group = groups.at(-1)
    if (group === undefined || [...group, name].flatMap(listMine).length > LAST_CALLS || isNameLent([...group, name]))
      groups.push([name])
    else group.push(name)
  }
  return groups
}

function isNameLent(names: readonly StreamName[]): boolean {
  const others = names.flatMap(listMine).map(({ counterpart }) => counterpart)
  const isNamed = (number: string | null) => others.some(({ name, phoneNumber }) => name && phoneNumber === number)
  return others.some(({ name, phoneNumber }) => !name && isNamed(phoneNumber))
}

describe('the popup shows, as expected without our code, what an agent had of', () => {
  it.each(groupStreams().map((names) => [names.join(', '), names] as const))('%s', async (_, names) => {
    const expected: string[] = []
    for (const name of names) {
      for (const { envelope } of restampStream(name, Date.now() - 300_000)) await scene.platform.deliver(envelope)
      expected.push(...listMine(name).map(describeRow))
      await eventually(async () => {
        expect((await readRows()).toSorted(), name).toEqual(expected.toSorted())
      })
    }
  })
})

it('the toolbar counts the calls that were missed, until the popup is opened', async () => {
  // Once it says how the connection stands, this popup has told that what was missed before has been seen.
  await popup.getByText('Live', { exact: true }).waitFor()
  await popup.close()
  const settings = await scene.browser.open('options.html')
  const badge = () => settings.evaluate<string>('chrome.action.getBadgeText({})')
  const look = async () => {
    const opened = await scene.openPopup()
    await eventually(async () => expect(await badge()).toBe(''))
    await opened.close()
  }
  for (const name of ['no-answer', 'caller-gave-up', 'direct-call'] as const) {
    for (const { envelope } of restampStream(name, Date.now() - 60_000)) await scene.platform.deliver(envelope)
  }
  await eventually(async () => expect(await badge()).toBe('2'))
  await look()
})
