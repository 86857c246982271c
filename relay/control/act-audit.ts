import { randomUUID } from 'node:crypto'
import type { Clock } from '../../shared/clock.ts'
import type { ActRecord, ActTarget } from '../../shared/protocol/act.ts'
import { describeError } from '../errors.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import { actEvent } from '../wire/act-record.ts'
import { type ActAnswer, DONE, describeActFailure } from './act-answer.ts'

/** What a person does with a call, as its record tells. */
export interface PersonAct
  extends Pick<ActRecord, 'telephonySessionId' | 'partyId' | 'act' | 'to' | 'text' | 'deviceId'> {
  readonly by: { readonly extensionId: string; readonly name: string }
}

/** Keeps what people do with calls, and what RingCentral said to it, in the log. */
export interface ActAudit {
  /**
   * Asks RingCentral and keeps what came of it, before the person is answered. `sessionOf` reads from the answer which call it is where
   * that is not known before.
   */
  keep<T>(act: PersonAct, ask: () => Promise<T>, sessionOf?: (answer: T) => string): Promise<T>
}

export function createActAudit(dependencies: {
  readonly log: Pick<EventLog, 'append'>
  readonly clock: Pick<Clock, 'nowMs'>
  readonly logger: Logger
}): ActAudit {
  const { log, clock, logger } = dependencies

  async function append(act: PersonAct, answer: ActAnswer): Promise<void> {
    const record: ActRecord = { step: 'answered', actId: randomUUID(), ...act, ...answer }
    try {
      await log.append(actEvent(record, { receivedAtMs: clock.nowMs(), isFirst: false }))
    } catch (error) {
      // Whoever acts on a call must not depend on the disk.
      logger.error({ err: describeError(error), act: act.act }, 'What a person did with a call could not be kept')
    }
  }

  return {
    async keep(act, ask, sessionOf = () => act.telephonySessionId) {
      try {
        const answer = await ask()
        await append({ ...act, telephonySessionId: sessionOf(answer) }, DONE)
        return answer
      } catch (error) {
        await append(act, describeActFailure(error))
        throw error
      }
    },
  }
}

/** What a request's body tells of the act. */
export function describeBody(
  body: Readonly<Record<string, unknown>> = {},
): Pick<PersonAct, 'to' | 'text' | 'deviceId'> {
  const to = TARGETS.flatMap((name) => (name in body ? [{ [name]: body[name] } as ActTarget] : []))[0]
  const { replyWithText, replyWithPattern, deviceId, supervisorDeviceId, active, muted } = body
  const isOn = active ?? muted
  const text = isOn === undefined ? (replyWithText ?? wordsOfPattern(replyWithPattern)) : isOn === true ? 'on' : 'off'
  const device = deviceId ?? supervisorDeviceId
  return {
    ...(to !== undefined && { to }),
    ...(typeof text === 'string' && { text }),
    ...(typeof device === 'string' && { deviceId: device }),
  }
}

const TARGETS = [
  'extensionId',
  'extensionNumber',
  'phoneNumber',
  'voicemail',
  'parkOrbit',
  'telephonySessionId',
] as const

/** `WillCallYouBack 5 Minute`. */
function wordsOfPattern(pattern: unknown): string | undefined {
  return typeof pattern === 'object' && pattern !== null ? Object.values(pattern).join(' ') : undefined
}
