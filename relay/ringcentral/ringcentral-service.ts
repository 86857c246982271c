import type { SDK } from '@ringcentral/sdk'
import type { Clock } from '../clock.ts'
import type { Metrics } from '../http/metrics.ts'
import {
  type ApiAnswer,
  type ApiRequest,
  readDate,
  readJson,
  type TimedServiceClient,
  toRingCentralError,
} from './ringcentral.ts'
import { isLoginRefusal } from './ringcentral-faults.ts'
import { createServiceLogin } from './ringcentral-login.ts'
import { createPenalties } from './ringcentral-penalties.ts'
import { createTokenRequests } from './ringcentral-sign-in.ts'

export interface ServiceClientDependencies {
  readonly jwt: string
  readonly clock: Clock
  readonly metrics: Pick<Metrics, 'countLogin'>
}

/**
 * The API as the user whom the JWT belongs to. Everything that the relay asks in its own name passes here, so that there is
 * one login, and one memory of what RingCentral refuses for a while.
 */
export function createServiceClient(sdk: SDK, dependencies: ServiceClientDependencies): TimedServiceClient {
  const { jwt, clock, metrics } = dependencies
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
        metrics.countLogin(grant, isLoginRefusal(failure) ? 'refused' : 'failed')
        if (failure.status === 429) penalties.begin('Auth', failure.retryAfterMs)
        throw failure
      }
    },
  })

  async function sendTimed(request: ApiRequest, isSecondTry = false): Promise<ApiAnswer> {
    const { method, path, body, group = 'Light' } = request
    penalties.check(group)
    const accessToken = await login.accessToken()
    // Another request may have met the penalty while this one waited for the login.
    penalties.check(group)
    try {
      const headers = { authorization: `Bearer ${accessToken}` }
      const response = await platform.send({ method, url: path, body, headers, skipAuthCheck: true, retry: true })
      return { body: await readJson(response), atMs: readDate(response) }
    } catch (error) {
      const failure = await toRingCentralError(error)
      if (failure.status === 429) penalties.begin(group, failure.retryAfterMs)
      if (failure.status !== 401) throw failure
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
