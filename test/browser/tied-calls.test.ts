import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { type NumberedEnvelope, restampStream } from '../support/restamp.ts'
import type { StreamName } from '../support/streams.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** Calls that go through several sessions, from the webhook to the card and the popup. */

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene?.close())

const reasonOf = ({ envelope }: NumberedEnvelope): string | undefined =>
  (envelope.body as { parties: readonly { status: { reason?: string } }[] }).parties[0]?.status.reason

/** The events of a stream up to the last one for this reason, as if they happened within the last minute. */
function untilLast(name: StreamName, reason: string): readonly NumberedEnvelope[] {
  const stream = restampStream(name, Date.now() - 60_000)
  return stream.slice(0, stream.findLastIndex((event) => reasonOf(event) === reason) + 1)
}

async function deliver(events: readonly NumberedEnvelope[]): Promise<void> {
  for (const { envelope } of events) await scene.platform.deliver(envelope)
}

it('J8 a conference is one running call with its actions, on the card and in the popup', async () => {
  await signInAs(scene, 'Bea Lindqvist')
  const { card } = await scene.openCrm()
  await deliver(untilLast('conference', 'Conference'))
  await eventually(async () => expect(await card.texts('.remarks li')).toEqual(['In a conference with (206) 555-0147']))
  expect((await card.read()).map(({ state }) => state)).toEqual(['Talking'])
  expect(await card.texts('.actions button')).toEqual(expect.arrayContaining(['Hold', 'Mute', 'Hang up']))
  const popup = await scene.openPopup()
  await popup.locator('.live li').waitFor()
  expect(await popup.locator('.live li').count()).toBe(1)
  expect(await popup.locator('.live li').textContent()).toContain('In a conference with (206) 555-0147')
  expect(await popup.locator('.live li').getByRole('button', { name: 'Hang up' }).count()).toBe(1)
})

it('J7 who gets a call by attended transfer has the customer on the card, under the default visibility', async () => {
  await signInAs(scene, 'Sam Okafor')
  const { card } = await scene.openCrm()
  await deliver(untilLast('attended-transfer', 'AttendedTransfer'))
  await eventually(async () => expect(await card.texts('.name')).toEqual(['Ada Winter']))
  expect(await card.texts('.number')).toEqual(['(408) 555-0123'])
  expect((await card.read()).map(({ state }) => state)).toEqual(['Talking'])
})
