import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { loadNotifications, type StreamName } from '../../support/streams.ts'
import type { Notification } from '../calls/notification.ts'
import { type ControlScene, startControlScene } from './control-scene.ts'

/** Calls that are steered tell the same events, to the field, as the streams of the same scenario. */

const BEA = '400102'
const SAM = '400104'
const INES = '400101'
const ADA = '+14085550123'
const GRACE = '+12065550147'

let scene: ControlScene
beforeEach(async () => {
  scene = await startControlScene()
})
afterEach(() => scene.close())

/** The path of a party by its number in the session. */
const party = (id: string, number: number) => `/sessions/${id}/parties/${id.replace('s-', 'p-')}-${number}`
const call = (from: string, to = BEA) => scene.platform.placeCall({ from, to })
const answer = (who: string, id: string, number: number) => scene.ask(who, 'POST', `${party(id, number)}/answer`)

async function callOut(to: object): Promise<string> {
  const from = { deviceId: '400802' }
  const { session } = (await scene.ask(BEA, 'POST', '/call-out', { from, to })) as { session: { id: string } }
  return session.id
}

const PLAYS: Partial<Record<StreamName, () => Promise<void>>> = {
  async rejected() {
    const { telephonySessionId: id } = call(GRACE)
    await scene.ask(BEA, 'POST', `${party(id, 2)}/reject`)
  },
  async 'caller-gave-up'() {
    call(GRACE).hangUp('caller')
  },
  async 'blind-transfer'() {
    const held = call(ADA)
    const id = held.telephonySessionId
    await answer(BEA, id, 2)
    await scene.ask(BEA, 'POST', `${party(id, 2)}/hold`)
    await scene.ask(BEA, 'POST', `${party(id, 2)}/transfer`, { extensionNumber: '104' })
    await answer(SAM, id, 3)
    await scene.ask(SAM, 'DELETE', party(id, 3))
  },
  async 'forwarded-while-ringing'() {
    const held = call(GRACE)
    const id = held.telephonySessionId
    await scene.ask(BEA, 'POST', `${party(id, 2)}/forward`, { extensionId: SAM })
    await answer(SAM, id, 3)
    held.hangUp('caller')
  },
  async 'park-and-pick-up'() {
    const { telephonySessionId: id } = call(ADA)
    await answer(BEA, id, 2)
    await scene.ask(BEA, 'POST', `${party(id, 2)}/park`)
    await scene.ask(SAM, 'POST', `${party(id, 2)}/pickup`, { deviceId: '400804' })
    await scene.ask(SAM, 'DELETE', party(id, 3))
  },
  async 'attended-transfer'() {
    const { telephonySessionId: id } = call(ADA)
    await answer(BEA, id, 2)
    await scene.ask(BEA, 'POST', `${party(id, 2)}/hold`)
    const second = scene.platform.placeCall({ from: BEA, to: SAM }).telephonySessionId
    await answer(SAM, second, 2)
    const other = { telephonySessionId: second, partyId: `${second.replace('s-', 'p-')}-1` }
    await scene.ask(BEA, 'POST', `${party(id, 2)}/bridge`, other)
    await scene.ask(SAM, 'DELETE', party(second, 2))
  },
  async monitoring() {
    const held = call(ADA)
    const id = held.telephonySessionId
    await answer(BEA, id, 2)
    await scene.ask(INES, 'POST', `/sessions/${id}/supervise`, {
      mode: 'Listen',
      supervisorDeviceId: '400801',
      agentExtensionId: BEA,
    })
    await scene.ask(INES, 'DELETE', party(id, 3))
    held.hangUp('agent')
  },
  async conference() {
    const first = await callOut({ phoneNumber: ADA })
    await answerByHand(first)
    await scene.ask(BEA, 'POST', `${party(first, 1)}/hold`)
    const second = await callOut({ phoneNumber: GRACE })
    await answerByHand(second)
    const { session } = (await scene.ask(BEA, 'POST', '/conference')) as { session: { id: string } }
    for (const id of [first, second]) {
      const partyId = `${id.replace('s-', 'p-')}-1`
      await scene.ask(BEA, 'POST', `/sessions/${session.id}/parties/bring-in`, { sessionId: id, partyId })
    }
    await scene.ask(BEA, 'DELETE', party(session.id, 3))
    await scene.ask(BEA, 'DELETE', party(session.id, 1))
  },
  async 'queue-answered'() {
    const held = call(ADA, '400195')
    const id = held.telephonySessionId
    await answer(BEA, id, 3)
    await scene.ask(BEA, 'POST', `${party(id, 3)}/hold`)
    await scene.ask(BEA, 'POST', `${party(id, 3)}/unhold`)
    held.hangUp('caller')
  },
  async 'queue-abandoned'() {
    call('+442079460018', '400195').hangUp('caller')
  },
  async 'pstn-callee'() {
    const id = await callOut({ phoneNumber: GRACE })
    await answerByHand(id)
    await fetch(`${scene.platform.url}/phone/api/calls/${id}/hang-up`, { method: 'POST', body: '{"by":"agent"}' })
  },
  async 'internal-call'() {
    const id = await callOut({ extensionNumber: '103' })
    await answer('400103', id, 2)
    await scene.ask('400103', 'POST', `${party(id, 2)}/hold`)
    await scene.ask('400103', 'POST', `${party(id, 2)}/unhold`)
    await scene.ask('400103', 'DELETE', party(id, 2))
  },
  async cancelled() {
    const id = await callOut({ phoneNumber: GRACE })
    await scene.ask(BEA, 'DELETE', party(id, 1))
  },
}

/** Nobody outside has a login: their phone is answered on the phone page. */
async function answerByHand(id: string): Promise<void> {
  await fetch(`${scene.platform.url}/phone/api/calls/${id}/answer`, { method: 'POST', body: '{"by":"agent"}' })
}

test.each(Object.entries(PLAYS))('%s', async (name, play) => {
  const stream = loadNotifications(name as StreamName)
  await play()
  await eventually(() => expect(scene.events()).toHaveLength(stream.length))
  expect(likenessOf(scene.events())).toEqual(likenessOf(stream))
})

/** What two calls of a scenario have in common, as text, so that the order of the fields counts. Ids are counted instead. */
function likenessOf(notifications: readonly Notification[]): readonly string[] {
  const sessions = [...new Set(notifications.map(({ body }) => body.telephonySessionId))]
  const legacyIds = new Map(
    notifications.map(({ body }) => [body.sessionId, sessions.indexOf(body.telephonySessionId)]),
  )
  return notifications
    .toSorted(
      ({ body: a }, { body: b }) =>
        sessions.indexOf(a.telephonySessionId) - sessions.indexOf(b.telephonySessionId) || a.sequence - b.sequence,
    )
    .map(({ event, body }) => {
      const [party] = body.parties
      const text = JSON.stringify({ event, sequence: body.sequence, party })
      const withoutIds = sessions.reduce(
        (kept, id, index) => kept.replaceAll(id.replace('s-', ''), `session ${index}`),
        text,
      )
      return (
        [...legacyIds]
          .filter(([id]) => id !== '0')
          .reduce((kept, [id, index]) => kept.replaceAll(`"${id}"`, `"legacy ${index}"`), withoutIds)
          .replace(/"sid":"\d+"/, '"sid":""')
          // When an outside caller's name is known differs from call to call.
          .replace(/,"name":"(Sales - )?(Ada Winter|Grace Okonkwo|Priya Natarajan)"/, '')
          .replace(/"additional":\{[^}]*\}/, '"additional":{}')
      )
    })
}
