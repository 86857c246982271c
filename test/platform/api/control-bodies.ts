import * as v from 'valibot'
import { resolveNumber } from '../calls/resolve.ts'
import type { Callee, Target } from '../calls/steps/ring.ts'
import type { Directory } from '../directory.ts'
import type { Person } from '../people.ts'
import type { Queue } from '../queue.ts'
import { invalidParameter, notFound } from './rest-error.ts'

/** The bodies of call control requests, decoded. */

const number = v.optional(v.string())
export const deviceBody = v.object({ deviceId: v.string() })
export const answerBody = v.object({ deviceId: number })
export const holdBody = v.object({ proto: v.optional(v.picklist(['Auto', 'RC', 'BroadWorks', 'DisconnectHolder'])) })
export const targetBody = v.object({
  phoneNumber: number,
  extensionNumber: number,
  extensionId: number,
  voicemail: number,
})
export const transferBody = v.object({ ...targetBody.entries, parkOrbit: number })
export const bridgeBody = v.object({ telephonySessionId: v.string(), partyId: v.string() })
export const flipBody = v.object({ callFlipId: v.union([v.string(), v.number()]) })
export const replyBody = v.union([
  v.object({ replyWithText: v.pipe(v.string(), v.minLength(1)) }),
  v.object({ replyWithPattern: v.object({ pattern: v.string() }) }),
])
/** The documentation and RingCentral's own library write the first form, the API description the second. */
export const partyBody = v.union([
  v.object({ muted: v.boolean() }),
  v.object({ party: v.object({ muted: v.boolean() }) }),
])
export const recordingBody = v.object({ active: v.boolean() })
const listening = {
  mode: v.literal('Listen'),
  supervisorDeviceId: v.string(),
  autoAnswer: v.optional(v.boolean()),
  mediaSDP: v.optional(v.picklist(['sendOnly', 'sendRecv'])),
}
/** Whom to listen to is named by id or by short number. */
export const superviseBody = v.union([
  v.object({ ...listening, agentExtensionId: v.string() }),
  v.object({ ...listening, agentExtensionNumber: v.string() }),
])
export const bringInBody = v.object({ sessionId: v.string(), partyId: v.string() })
export const removeBody = v.object({ keepConferenceAlive: v.optional(v.boolean()) })
export const callOutBody = v.object({
  from: v.object({ deviceId: v.string() }),
  to: v.object({ phoneNumber: number, extensionNumber: number }),
})

/** A queue, where a caller waits for its agents, or its mailbox. */
export interface QueueTarget {
  readonly kind: 'queue' | 'queue voicemail'
  readonly queue: Queue
}

/** The one target that a body names; throws the platform's refusal when it names none, several, or nobody. */
export function resolveTarget(
  body: v.InferOutput<typeof targetBody>,
  { person, directory }: { person: Person; directory: Directory },
): Target | QueueTarget {
  const named = Object.entries(body).filter(([, value]) => value !== undefined)
  if (named.length !== 1)
    throw invalidParameter('body', 'one of phoneNumber, extensionNumber, extensionId and voicemail')
  const byId = body.extensionId ?? body.voicemail
  const queue = directory
    .queues(person.accountId)
    .find((one) => one.extensionId === byId || one.extensionNumber === body.extensionNumber)
  if (queue !== undefined) return { kind: body.voicemail === undefined ? 'queue' : 'queue voicemail', queue }
  if (byId === undefined) return resolveCallee(body, directory)
  const who = directory.find(person.accountId, byId)
  if (who === undefined) throw notFound(body.voicemail === undefined ? 'extensionId' : 'voicemail')
  return { kind: body.voicemail === undefined ? 'colleague' : 'voicemail', who }
}

export function resolveCallee(
  to: { phoneNumber?: string | undefined; extensionNumber?: string | undefined },
  directory: Directory,
): Callee {
  const { phoneNumber, extensionNumber } = to
  const callee = resolveNumber(extensionNumber ?? phoneNumber ?? '', directory)
  if (callee === undefined) {
    throw invalidParameter(
      extensionNumber === undefined ? 'phoneNumber' : 'extensionNumber',
      extensionNumber === undefined ? 'a number in E.164' : 'the number of an extension',
    )
  }
  return callee
}

/** Refuses a phone that is not the person's own. */
export function checkDevice(
  { deviceId, softphoneId }: Person,
  asked: string | undefined,
  parameterName = 'deviceId',
): void {
  if (asked !== undefined && asked !== deviceId && asked !== softphoneId) throw notFound(parameterName)
}
