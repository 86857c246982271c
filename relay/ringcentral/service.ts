import type { SDK } from '@ringcentral/sdk'
import type { Clock } from '../../shared/clock.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'
import type { Metrics } from '../metrics.ts'
import {
  type ApiAnswer,
  type ApiRequest,
  asUnsent,
  parseDate,
  type RingCentralError,
  readJson,
  type TimedServiceClient,
  toRingCentralError,
} from './api.ts'
import { createServiceLogin } from './login.ts'
import { createPenalties } from './penalties.ts'
import { createTokenRequests } from './sign-in.ts'
import { isOwnAnswer, judge } from './verdicts.ts'

export interface ServiceClientDependencies {
  readonly jwt: string
  readonly clock: Clock
  readonly metrics: Pick<Metrics, 'countLogin'>
  /** Is told when RingCentral answers. */
  readonly time: Pick<ConfirmedTime, 'confirm'>
}

/**
 * The API as the user whom the JWT belongs to. Everything that the relay asks in its own name passes here, so that there is
 * one login, and one memory of what RingCentral refuses for a while.
 */
export function createServiceClient(sdk: SDK, dependencies: ServiceClientDependencies): TimedServiceClient {
  const { jwt, clock, metrics, time } = dependencies
  const platform = sdk.platform()
  const penalties = createPenalties(clock)
  const requests = createTokenRequests(sdk, clock)
  const login = createServiceLogin({
    jwt,
    clock,
    async requestTokens(form) {
      penalties.check('Auth')
      const grant = form.grant_type === 'refresh_token' ? 'refresh' : 'jwt'
      try {
        const granted = await requests.tokens(form)
        metrics.countLogin(grant, 'granted')
        return granted
      } catch (error) {
        const failure = await toRingCentralError(error)
        confirmTime(failure)
        const { kind } = judge(grant === 'jwt' ? 'login' : 'serviceRefresh', failure)
        metrics.countLogin(grant, kind === 'retry' ? 'failed' : 'refused')
        if (failure.status === 429) penalties.begin('Auth', failure.retryAfterMs)
        throw failure
      }
    },
  })

  /** What answers in RingCentral's place may have a clock of its own. */
  function confirmTime(failure: RingCentralError): void {
    if (failure.atMs !== undefined && isOwnAnswer(failure)) time.confirm(failure.atMs)
  }

  async function sendTimed(request: ApiRequest, isSecondTry = false): Promise<ApiAnswer> {
    const { method, path, body, group = 'Light' } = request
    penalties.check(group)
    const accessToken = await login.accessToken().catch((error: RingCentralError) => {
      throw asUnsent(error)
    })
    // Another request may have met the penalty while this one waited for the login.
    penalties.check(group)
    try {
      const headers = { authorization: `Bearer ${accessToken}` }
      const response = await platform.send({ method, url: path, body, headers, skipAuthCheck: true, retry: true })
      const answer = { body: await readJson(response), atMs: parseDate(response) }
      if (answer.atMs !== undefined) time.confirm(answer.atMs)
      return answer
    } catch (error) {
      const failure = await toRingCentralError(error)
      confirmTime(failure)
      if (failure.status === 429) penalties.begin(group, failure.retryAfterMs)
      if (failure.isLoginRefused || judge('service', failure).kind !== 'over') throw failure
      login.drop(accessToken)
      if (isSecondTry) throw failure
    }
    // Refused unseen, so it may be repeated whatever it does.
    return sendTimed(request, true)
  }

  return {
    sendTimed: (request) => sendTimed(request),
    send: async (request) => (await sendTimed(request)).body,
  }
}
