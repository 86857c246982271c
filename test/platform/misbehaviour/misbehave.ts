import type { RateGroup, RateLimits, RateNumbers } from '../api/rate-limits.ts'
import type { Directory, Permission, PersonPermission } from '../directory.ts'
import type { Feature, FeatureReason, Features } from '../features.ts'
import type { AccessTokens } from '../oauth/access-tokens.ts'
import { SERVICE_USER } from '../people.ts'
import type { Phones } from '../phones.ts'
import type { Subscriptions } from '../subscriptions/subscriptions.ts'
import type { DeliveryFaults, Stop, WhichDeliveries } from './delivery-faults.ts'
import type { RequestFaultOptions, RequestFaults, Route, WrongAnswer } from './request-faults.ts'

/**
 * Everything that can go wrong with the platform, on command. What lasts gives back how to stop it; what happens once does
 * not.
 */
export interface Misbehave {
  /** Deliveries that are never sent; the platform takes no notice. */
  dropDeliveries(which?: WhichDeliveries): Stop
  /** Deliveries that come so much later than they would, in real time. */
  delayDeliveries(delayMs: number, which?: WhichDeliveries): Stop
  /** Deliveries that come so many times in all, with the same uuid. */
  repeatDeliveries(copies: number, which?: WhichDeliveries): Stop
  /** Deliveries with another verification token; without one when it is `undefined`. */
  falsifyToken(token: string | undefined, which?: WhichDeliveries): Stop

  /** Requests that get this answer, whatever they ask. */
  answerRequests(route: Route, answer: WrongAnswer, options?: RequestFaultOptions): Stop
  /** Requests whose connection is cut. */
  resetRequests(route: Route, options?: RequestFaultOptions): Stop
  /** Requests that wait so long in real time, or until this is stopped, before they are answered as usual. */
  slowRequests(route: Route, waitMs?: number, options?: RequestFaultOptions): Stop

  /** Refuses a rate group to everybody, as after one request too many; every request meanwhile prolongs it. Once. */
  penalise(group: RateGroup): void
  /** Other limits per minute. */
  limitRates(numbers: Partial<RateNumbers>): Stop
  /** 429 without `Retry-After`. */
  hideRetryAfter(): Stop

  /** Refuses the service user's JWT and ends their logins. */
  revokeJwt(): Stop
  /** Refuses the refresh tokens there are, as if somebody had used them; access tokens live on. Once. */
  spendRefreshTokens(extensionId?: string): void
  /** Ends the logins of a person, as a change of their password does. Once. */
  endLogins(extensionId: string): void
  /** Access tokens issued from now on live no longer than this. */
  shortenAccessTokens(lifeS: number): Stop

  /** Disables a person and ends their logins. */
  disablePerson(extensionId: string): Stop
  /** Puts a person in the other account. */
  movePerson(extensionId: string): Stop
  /** The person is at home in another country (ISO 3166) from now on. */
  moveHome(extensionId: string, homeCountry: string): Stop
  /** Takes a permission from one person, or from everybody: refusals with CMN-408, and disabled filters. */
  takePermission(permission: PersonPermission, extensionId?: string): Stop
  /** Takes a permission from the apps: refusals with CMN-401. */
  takeScope(scope: Permission): Stop
  /** Takes a feature from one extension, or from the account: `serviceFeatures` tells it, and so do refusals. */
  takeFeature(feature: Feature, reason: FeatureReason, extensionId?: string): Stop
  /** A phone is offline, by its id. */
  unplugPhone(id: string): Stop
  /** Nobody can listen in at the RingCentral app in a browser. */
  refuseWebPhones(): Stop

  /** Once each, to one subscription or to all. Only a new subscription brings events again. */
  blacklistSubscription(id?: string): void
  suspendSubscription(id?: string): void
  deleteSubscription(id?: string): void
  expireSubscription(id?: string): void
}

export interface MisbehaveWorld {
  readonly deliveryFaults: DeliveryFaults
  readonly requestFaults: RequestFaults
  readonly rateLimits: RateLimits
  readonly tokens: AccessTokens
  readonly directory: Directory
  readonly features: Features
  readonly phones: Phones
  readonly subscriptions: Subscriptions
  /** What holds the JWT revoked now. */
  readonly jwtRevocations: Set<object>
}

export function createMisbehave(world: MisbehaveWorld): Misbehave {
  const { deliveryFaults, requestFaults, rateLimits, tokens, directory, features, phones } = world
  const { subscriptions, jwtRevocations } = world
  return {
    dropDeliveries: (which) => deliveryFaults.add({ kind: 'drop' }, which),
    delayDeliveries: (delayMs, which) => deliveryFaults.add({ kind: 'delay', delayMs }, which),
    repeatDeliveries: (copies, which) => deliveryFaults.add({ kind: 'repeat', copies }, which),
    falsifyToken: (token, which) => deliveryFaults.add({ kind: 'token', token }, which),

    answerRequests: (route, answer, options) => requestFaults.add(route, { kind: 'answer', ...answer }, options),
    resetRequests: (route, options) => requestFaults.add(route, { kind: 'reset' }, options),
    slowRequests: (route, waitMs, options) => requestFaults.add(route, { kind: 'wait', waitMs }, options),

    penalise: (group) => rateLimits.penalise(group),
    limitRates: (numbers) => rateLimits.change(numbers),
    hideRetryAfter: () => rateLimits.hideRetryAfter(),

    revokeJwt() {
      const revocation = {}
      jwtRevocations.add(revocation)
      tokens.endLogins(SERVICE_USER.extensionId)
      return () => jwtRevocations.delete(revocation)
    },
    spendRefreshTokens: (extensionId) => tokens.spendRefreshTokens(extensionId),
    endLogins: (extensionId) => tokens.endLogins(extensionId),
    shortenAccessTokens: (lifeS) => tokens.capLife(lifeS),

    disablePerson(extensionId) {
      tokens.endLogins(extensionId)
      return directory.disable(extensionId)
    },
    movePerson: (extensionId) => directory.move(extensionId),
    moveHome: (extensionId, homeCountry) => directory.moveHome(extensionId, homeCountry),
    takePermission: (permission, extensionId) => directory.takePermission(permission, extensionId),
    takeScope: (scope) => directory.takeScope(scope),
    takeFeature: (feature, reason, extensionId) => features.take(feature, reason, extensionId),
    unplugPhone: (id) => phones.unplug(id),
    refuseWebPhones: () => phones.refuseWebPhones(),

    blacklistSubscription: (id) => subscriptions.afflict.blacklist(id),
    suspendSubscription: (id) => subscriptions.afflict.suspend(id),
    deleteSubscription: (id) => subscriptions.afflict.delete(id),
    expireSubscription: (id) => subscriptions.afflict.expire(id),
  }
}
