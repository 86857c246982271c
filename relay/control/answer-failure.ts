import type { Context } from 'hono'
import { describeError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { RightsReading } from '../people/read-rights.ts'
import type { PersonEnv } from '../people/require-person.ts'
import { RingCentralError } from '../ringcentral/api.ts'
import { isOwnAnswer } from '../ringcentral/verdicts.ts'
import { respondRefusal } from './refusal.ts'

/** Answers a person whose request failed at RingCentral; where that forbids it, what they may do is asked for again. */
export function createAnswerFailure(dependencies: {
  readonly logger: Logger
  readonly rightsReading: Pick<RightsReading, 'doubt'>
}) {
  const { logger, rightsReading } = dependencies
  return function answerFailure(error: unknown, c: Context<PersonEnv>): Response {
    const response = respondRefusal(c, error)
    const login = c.get('login')
    if (isForbidden(error)) rightsReading.doubt(login)
    logger.info(
      { err: describeError(error), extensionId: login.extensionId },
      "A person's request failed at RingCentral",
    )
    return response
  }
}

/** RingCentral says that this person may not do it. */
function isForbidden(error: unknown): boolean {
  return error instanceof RingCentralError && error.status === 403 && isOwnAnswer(error)
}
