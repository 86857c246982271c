import { type Context, Hono } from 'hono'
import type * as v from 'valibot'
import type { LiveCalls } from '../calls/live-calls.ts'
import type { QueueDesk } from '../calls/queue-desk.ts'
import { answer, hold, mute, pauseRecording, startRecording, unhold } from '../calls/steps/connected.ts'
import { hangUp, ignore, reject, reply } from '../calls/steps/leave.ts'
import { flip, forward, transfer } from '../calls/steps/move.ts'
import { park } from '../calls/steps/park.ts'
import { giveToMailbox, takeOffersBack } from '../calls/steps/queue.ts'
import type { Target } from '../calls/steps/ring.ts'
import type { Directory } from '../directory.ts'
import { decodeBody, readJson } from './body.ts'
import { describeRestParty } from './call-answers.ts'
import {
  answerBody,
  checkDevice,
  deviceBody,
  flipBody,
  holdBody,
  partyBody,
  type QueueTarget,
  recordingBody,
  removeBody,
  replyBody,
  resolveTarget,
  targetBody,
  transferBody,
} from './control-bodies.ts'
import type { CountAs } from './count-as.ts'
import type { CallFinder, FoundParty } from './find-call.ts'
import { invalidParameter, missingPermission, notFound } from './rest-error.ts'
import type { Needs, RestEnv } from './rest-session.ts'

const PARTY = '/sessions/:telephonySessionId/parties/:partyId'

/** What a person does with their own party of a call. Mounted below an account's `telephony`. */
export function createPartyRoutes(world: {
  readonly calls: LiveCalls
  readonly find: CallFinder
  readonly directory: Directory
  readonly desk: QueueDesk
  readonly countAs: CountAs
  readonly needs: Needs
}): Hono<RestEnv> {
  const { calls, find, directory, desk, countAs, needs } = world
  const routes = new Hono<RestEnv>()
  routes.use(`${PARTY}/*`, needs('CallControl'))

  const own = (c: Context<RestEnv>): FoundParty =>
    find.ownParty(c.get('login').person, c.req.param('telephonySessionId') ?? '', c.req.param('partyId') ?? '')
  const read = async <Schema extends v.GenericSchema>(c: Context, schema: Schema): Promise<v.InferOutput<Schema>> =>
    decodeBody(schema, (await readJson(c.req.raw)) ?? {})
  const giveTo = (
    { session, party }: FoundParty,
    target: Target | QueueTarget,
    how: 'forward' | 'transfer',
  ): string => {
    switch (target.kind) {
      case 'queue':
        return desk.give(session, party.id, target.queue, how)
      case 'queue voicemail':
        return giveToMailbox(session, party.id, target.queue, how)
      default:
        return (how === 'forward' ? forward : transfer)(session, party.id, target)
    }
  }
  const give = ({ session, party }: FoundParty, target: Target | QueueTarget, how: 'forward' | 'transfer'): string => {
    const given = giveTo({ session, party }, target, how)
    // Whoever is rung for a caller of a queue is no longer, once the caller has left it.
    if (party.role === 'queue') takeOffersBack(session, party.extensionId)
    return given
  }
  const describe = ({ session }: FoundParty, partyId: string) => describeRestParty(session.describe(partyId))

  routes.post(`${PARTY}/answer`, countAs('Light'), async (c) => {
    const found = own(c)
    const { deviceId } = await read(c, answerBody)
    checkDevice(c.get('login').person, deviceId)
    answer(found.session, found.party.id, deviceId)
    return c.json(describe(found, found.party.id))
  })

  routes.post(`${PARTY}/hold`, countAs('Light'), async (c) => {
    const found = own(c)
    await read(c, holdBody)
    hold(found.session, found.party.id, 'api')
    return c.json(describe(found, found.party.id))
  })

  routes.post(`${PARTY}/unhold`, countAs('Light'), (c) => {
    const found = own(c)
    unhold(found.session, found.party.id, 'api')
    return c.json(describe(found, found.party.id))
  })

  routes.post(`${PARTY}/reject`, countAs('Light'), (c) => {
    const { session, party } = own(c)
    reject(session, party.id)
    return c.body(null, 204)
  })

  routes.post(`${PARTY}/ignore`, countAs('Light'), async (c) => {
    const { session, party } = own(c)
    const { deviceId } = await read(c, deviceBody)
    checkDevice(c.get('login').person, deviceId)
    ignore(session, party.id)
    return c.body(null, 204)
  })

  routes.post(`${PARTY}/forward`, countAs('Light'), async (c) => {
    const found = own(c)
    const target = resolveTarget(await read(c, targetBody), { person: c.get('login').person, directory })
    return c.json(describe(found, give(found, target, 'forward')))
  })

  routes.post(`${PARTY}/transfer`, countAs('Light'), async (c) => {
    const found = own(c)
    const { parkOrbit, ...to } = await read(c, transferBody)
    if (parkOrbit !== undefined) {
      if (!/^\*8\d\d$/.test(parkOrbit)) throw invalidParameter('parkOrbit', 'a park location such as *801')
      park(calls, found.session, found.party.id, parkOrbit)
      return c.json(describe(found, found.party.id))
    }
    const target = resolveTarget(to, { person: c.get('login').person, directory })
    return c.json(describe(found, give(found, target, 'transfer')))
  })

  routes.post(`${PARTY}/flip`, countAs('Light'), async (c) => {
    const found = own(c)
    await read(c, flipBody)
    return c.json(describe(found, flip(found.session, found.party.id)))
  })

  routes.post(`${PARTY}/reply`, countAs('Light'), async (c) => {
    const found = own(c)
    await read(c, replyBody)
    reply(found.session, found.party.id)
    return c.json(describe(found, found.party.id))
  })

  routes.post(`${PARTY}/park`, countAs('Light'), (c) => {
    const found = own(c)
    park(calls, found.session, found.party.id)
    return c.json(describe(found, found.party.id), 201)
  })

  routes.post(`${PARTY}/recordings`, countAs('Light'), (c) => {
    const { session, party } = own(c)
    return c.json(startRecording(session, party.id), 201)
  })

  routes.patch(`${PARTY}/recordings/:recordingId`, countAs('Light'), async (c) => {
    const { session, party } = own(c)
    const { active } = await read(c, recordingBody)
    const recording = pauseRecording(session, party.id, { id: c.req.param('recordingId'), active })
    if (recording === undefined) throw notFound('recordingId')
    return c.json(recording)
  })

  routes.patch(PARTY, countAs('Light'), needs('CallControl'), async (c) => {
    const found = own(c)
    const body = await read(c, partyBody)
    mute(found.session, found.party.id, 'party' in body ? body.party.muted : body.muted)
    return c.json(describe(found, found.party.id))
  })

  // Besides their own party, the host of a conference may remove everybody's.
  routes.delete(PARTY, countAs('Light'), needs('CallControl'), async (c) => {
    const { person } = c.get('login')
    const { session, party } = find.party(find.live(person, c.req.param('telephonySessionId')), c.req.param('partyId'))
    const { keepConferenceAlive = false } = await read(c, removeBody)
    const isHost = session
      .present()
      .some(({ conferenceRole, extensionId }) => conferenceRole === 'Host' && extensionId === person.extensionId)
    if (party.extensionId !== person.extensionId && !isHost) throw missingPermission('user', 'CallControl')
    hangUp(session, party.id, { keepsOthers: keepConferenceAlive })
    return c.body(null, 204)
  })

  return routes
}
