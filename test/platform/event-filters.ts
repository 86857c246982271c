import { findPerson, type Person } from './people.ts'
import { RestError } from './rest-error.ts'

/** One event filter of a subscription, checked and with real ids instead of `~`. */
export type EventFilter =
  | {
      readonly kind: 'telephony'
      readonly text: string
      readonly accountId: string
      /** Absent for the account's filter, which brings the events of every party. */
      readonly extensionId: string | undefined
      /** Conditions on the party, such as `direction=Inbound`. */
      readonly conditions: readonly (readonly [name: ConditionName, value: string])[]
    }
  | { readonly kind: 'reminder'; readonly text: string }

type ConditionName = keyof typeof CONDITIONS

/** The narrowing parameters: each says whether a party, as the notification has it, satisfies the value. */
const CONDITIONS = {
  direction: (party, value) => party.direction === value,
  statusCode: (party, value) => isRecord(party.status) && party.status.code === value,
  missedCall: (party, value) => String(party.missedCall === true) === value,
  phoneNumber: (party, value) => [party.from, party.to].some((end) => isRecord(end) && end.phoneNumber === value),
  withRecordings: (party, value) => String(Array.isArray(party.recordings) && party.recordings.length > 0) === value,
} as const satisfies Record<string, (party: Record<string, unknown>, value: string) => boolean>

const TELEPHONY_FILTER = /^\/restapi\/v1\.0\/account\/(~|\d+)(?:\/extension\/(~|\d+))?\/telephony\/sessions$/
const TELEPHONY_EVENT = /^\/restapi\/v1\.0\/account\/(\d+)(?:\/extension\/(\d+))?\/telephony\/sessions$/
const REMINDER_FILTER = /^\/restapi\/v1\.0\/subscription\/~$/

/** Reads the filters that `owner` asks for; throws the {@link RestError} that the platform answers when one is refused. */
export function parseEventFilters(texts: readonly string[], owner: Person): readonly EventFilter[] {
  const filters = texts.map((text) => parseEventFilter(text, owner))
  if (filters.every((filter) => filter.kind === 'reminder')) {
    throw new RestError(400, 'SUB-515', 'Subscription containing only reminder filter is not allowed')
  }
  return filters
}

/** Whether a notification is of interest to a filter. A notification of any other shape interests nobody. */
export function matchesEventFilter(filter: EventFilter, notification: unknown): boolean {
  if (!isRecord(notification) || typeof notification.event !== 'string') return false
  const { event, body } = notification
  if (filter.kind === 'reminder') return event.startsWith('/restapi/v1.0/subscription/')
  const [, accountId, extensionId] = TELEPHONY_EVENT.exec(event) ?? []
  if (accountId !== filter.accountId) return false
  if (filter.extensionId !== undefined && filter.extensionId !== extensionId) return false
  if (filter.conditions.length === 0) return true
  const parties = isRecord(body) && Array.isArray(body.parties) ? body.parties.filter(isRecord) : []
  return parties.some((party) => filter.conditions.every(([name, value]) => CONDITIONS[name](party, value)))
}

function parseEventFilter(text: string, owner: Person): EventFilter {
  const [path = '', query = ''] = text.split('?', 2)
  const parameters = [...new URLSearchParams(query)]
  if (REMINDER_FILTER.test(path)) {
    const isSound = parameters.every(([name, value]) => ['threshold', 'interval'].includes(name) && /^\d+$/.test(value))
    if (!isSound) throw invalidFilter(text)
    return { kind: 'reminder', text }
  }
  const match = TELEPHONY_FILTER.exec(path)
  if (match === null) throw invalidFilter(text)
  const [, account, extension] = match
  const accountId = account === '~' ? owner.accountId : account
  if (accountId !== owner.accountId) {
    throw new RestError(403, 'SUB-406', 'Not allowed subscribe for events to extensions of other account')
  }
  const extensionId = extension === '~' ? owner.extensionId : extension
  if (extensionId !== undefined && findPerson(accountId, extensionId) === undefined) {
    throw new RestError(403, 'SUB-408', 'Not allowed subscribe for unknown user')
  }
  if (extensionId !== owner.extensionId && !owner.isAdministrator) {
    throw new RestError(
      403,
      'CMN-408',
      'In order to call this API endpoint, user needs to have [CallControl] permission for requested resource',
      { permissionName: 'CallControl' },
    )
  }
  const owned = extensionId === undefined ? '' : `/extension/${extensionId}`
  return {
    kind: 'telephony',
    text: `/restapi/v1.0/account/${accountId}${owned}/telephony/sessions${query === '' ? '' : `?${query}`}`,
    accountId,
    extensionId,
    conditions: parameters.map(([name, value]) => {
      if (!isConditionName(name)) throw invalidFilter(text)
      return [name, value] as const
    }),
  }
}

function invalidFilter(text: string): RestError {
  return new RestError(400, 'SUB-508', `Invalid event filters: [${text}]`)
}

function isConditionName(name: string): name is ConditionName {
  return Object.hasOwn(CONDITIONS, name)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
