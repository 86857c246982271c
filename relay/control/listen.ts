import type { Context } from 'hono'
import type { Clock } from '../../shared/clock.ts'
import { type SuperviseBody, superviseBody } from '../../shared/protocol/http/desk.ts'
import { isOpaqueId } from '../../shared/protocol/http/fields.ts'
import { formatInstant } from '../../shared/time.ts'
import type { Capabilities } from '../capabilities.ts'
import { respondProblem } from '../http/problem.ts'
import { readBody } from '../http/read-body.ts'
import type { EventLog } from '../log/event-log.ts'
import type { PersonEnv } from '../people/require-person.ts'
import { maySee, watchesExtension } from '../people/watches.ts'
import { RingCentralError } from '../ringcentral/api.ts'
import { isOwnAnswer } from '../ringcentral/verdicts.ts'
import type { ActAudit } from './act-audit.ts'
import { noteOutcome } from './note-outcome.ts'
import type { OwnPhones } from './own-phones.ts'
import type { PersonClient } from './person-client.ts'
import { respondRefusal } from './refusal.ts'
import type { RefusalMemory } from './refusal-memory.ts'
import { refuseUnwatched } from './refuse-unwatched.ts'
import type { ServiceFeatures } from './service-features.ts'

/**
 * `POST /v1/sessions/:sid/supervise`: rings one of the person's own phones and lets it hear a call of somebody they may listen
 * to. RingCentral knows only this mode, `Listen`. What it refuses for good is not asked for again within the hour: the answer is
 * the same refusal, with the time of the next try.
 */
export interface ListenDependencies {
  readonly client: PersonClient
  readonly phones: Pick<OwnPhones, 'find'>
  readonly features: ServiceFeatures
  readonly refusals: RefusalMemory
  readonly capabilities: Capabilities
  readonly log: Pick<EventLog, 'readSessionIndex'>
  readonly audit: ActAudit
  readonly clock: Pick<Clock, 'nowMs'>
}

const FEATURE = 'CallSupervision'

export function createListen(dependencies: ListenDependencies) {
  const { client, phones, features, refusals, capabilities, log, audit, clock } = dependencies

  return async function listen(c: Context<PersonEnv>): Promise<Response> {
    const { telephonySessionId = '' } = c.req.param()
    const user = c.get('user')
    const login = c.get('login')
    const index = isOpaqueId(telephonySessionId) ? await log.readSessionIndex(telephonySessionId) : []
    const memberIds = index.flatMap(({ extensionIds }) => extensionIds)
    if (index.length === 0 || !maySee(user, memberIds)) return refuseUnknown(c)
    const read = await readBody(c, superviseBody)
    if ('refusal' in read) return read.refusal
    const { agentExtensionId, deviceId } = read.body
    if (!watchesExtension(user.watches, agentExtensionId)) return refuseUnwatched(c)
    if (!memberIds.includes(agentExtensionId)) return refuseStranger(c)
    const missing = await features.lacking(login, FEATURE)
    if (missing !== undefined) return refuseFeature(c, missing)
    const phone = await phones.find(login, deviceId)
    if (phone === undefined) return refusePhone(c)
    const kinds = kindsOf(user.extensionId, { agentExtensionId, isWebPhone: phone.isWebPhone })
    const known = refusals.find(Object.values(kinds))
    if (known !== undefined) {
      const askedAgainAt = formatInstant(clock.nowMs() + known.askedAgainAfterMs)
      return respondRefusal(c, known.error, { askedAgainAt })
    }
    const isForGood = (error: RingCentralError) => kindOf(error, phone.isWebPhone) !== undefined
    const name = phone.isWebPhone ? 'listenAtWebPhone' : 'listen'
    const told = {
      by: { extensionId: user.extensionId, name: user.name },
      telephonySessionId,
      act: 'supervise',
      to: { extensionId: agentExtensionId },
      deviceId,
    }
    try {
      await audit.keep(told, () =>
        noteOutcome(capabilities, { name, extensionId: user.extensionId, isForGood }, () =>
          client.send(login, { method: 'POST', path: pathOf(telephonySessionId), body: bodyOf(read.body) }),
        ),
      )
    } catch (error) {
      const kind = error instanceof RingCentralError ? kindOf(error, phone.isWebPhone) : undefined
      if (error instanceof RingCentralError && kind !== undefined) refusals.remember(kinds[kind], error)
      throw error
    }
    return c.body(null, 202)
  }
}

function pathOf(telephonySessionId: string): string {
  return `/telephony/sessions/${encodeURIComponent(telephonySessionId)}/supervise`
}

/** Who clicked wants to hear: their phone need not be picked up. */
function bodyOf({ agentExtensionId, deviceId }: SuperviseBody) {
  return { mode: 'Listen', supervisorDeviceId: deviceId, agentExtensionId, autoAnswer: true }
}

/** What a refusal holds for: whatever the app asks, one person, one person at browsers, or one person and one agent. */
type Kind = 'app' | 'person' | 'webPhone' | 'agent'

function kindsOf(
  extensionId: string,
  { agentExtensionId, isWebPhone }: { readonly agentExtensionId: string; readonly isWebPhone: boolean },
): Readonly<Record<Kind, string>> {
  const person = `${extensionId} person`
  return {
    app: 'app',
    person,
    webPhone: isWebPhone ? `${extensionId} webPhone` : person,
    agent: `${extensionId} agent ${agentExtensionId}`,
  }
}

/** `undefined` for what may be otherwise with the next click: a call that is over, a phone that is offline. */
function kindOf(error: RingCentralError, isWebPhone: boolean): Kind | undefined {
  if (!isOwnAnswer(error)) return undefined
  if (error.codes.includes('CMN-401')) return 'app'
  if (error.codes.includes(NO_FEATURE)) return 'person'
  if (error.status === 403) return 'agent'
  return error.status === 400 && isWebPhone ? 'webPhone' : undefined
}

/** Account or extension lack a feature. */
const NO_FEATURE = 'CMN-407'

function refuseUnknown(c: Context): Response {
  const detail = 'There is no session that you watch with this telephonySessionId.'
  return respondProblem(c, { status: 404, code: 'unknown_session', detail })
}

function refuseStranger(c: Context): Response {
  const detail = 'agentExtensionId should be that of somebody who has a part in this call.'
  return respondProblem(c, { status: 404, code: 'not_there', detail })
}

function refusePhone(c: Context): Response {
  const detail = 'deviceId should be that of one of your own phones: GET /v1/devices lists them.'
  return respondProblem(c, { status: 404, code: 'not_there', detail })
}

function refuseFeature(c: Context, reason: string): Response {
  const detail = `RingCentral says that listening in is not available to you: ${reason}.`
  return respondProblem(c, { status: 403, code: 'forbidden', detail, reason })
}
