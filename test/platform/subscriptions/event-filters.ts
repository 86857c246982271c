import { missingPermission, RestError } from '../api/rest-error.ts'
import type { Directory } from '../directory.ts'
import type { Person } from '../people.ts'

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
  | ReminderFilter

export interface ReminderFilter {
  readonly kind: 'reminder'
  readonly text: string
  /** What stands behind the `?`. */
  readonly query: string
  /** How long before the end the first reminder comes, and how long after each the next. */
  readonly thresholdS: number
  readonly intervalS: number
}

type ConditionName = keyof typeof CONDITIONS

/** The narrowing parameters: each says whether a party, as the notification has it, satisfies the value. */
const CONDITIONS = {
  direction: (party, value) => party.direction === value,
  statusCode: (party, value) => isRecord(party.status) && party.status.code === value,
  missedCall: (party, value) => String(party.missedCall === true) === value,
  phoneNumber: (party, value) => [party.from, party.to].some((end) => isRecord(end) && end.phoneNumber === value),
  // Asks for more in each event, and leaves none out.
  sipData: () => true,
  withRecordings: (party, value) => String(Array.isArray(party.recordings) && party.recordings.length > 0) === value,
} as const satisfies Record<string, (party: Record<string, unknown>, value: string) => boolean>

const TELEPHONY_FILTER = /^\/restapi\/v1\.0\/account\/(~|\d+)(?:\/extension\/(~|\d+))?\/telephony\/sessions$/
const TELEPHONY_EVENT = /^\/restapi\/v1\.0\/account\/(\d+)(?:\/extension\/(\d+))?\/telephony\/sessions$/
/** When a filter does not say: the numbers of the documentation's example. */
const DEFAULT_THRESHOLD_S = 259_200
const DEFAULT_INTERVAL_S = 43_200

const REMINDER_FILTER = /^\/restapi\/v1\.0\/subscription\/~$/

/** Reads the filters that `owner` asks for; throws the {@link RestError} that the platform answers when one is refused. */
export function parseEventFilters(texts: readonly string[], asker: Asker): readonly EventFilter[] {
  const filters = texts.map((text) => parseEventFilter(text, asker))
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

interface Asker {
  readonly owner: Person
  readonly directory: Directory
}

function parseEventFilter(text: string, { owner, directory }: Asker): EventFilter {
  const [path = '', query = ''] = text.split('?', 2)
  const parameters = [...new URLSearchParams(query)]
  if (REMINDER_FILTER.test(path)) {
    const isSound = parameters.every(([name, value]) => ['threshold', 'interval'].includes(name) && /^\d+$/.test(value))
    if (!isSound) throw invalidFilter(text)
    const wanted = new Map(parameters.map(([name, value]) => [name, Number(value)]))
    return {
      kind: 'reminder',
      text,
      query,
      thresholdS: wanted.get('threshold') ?? DEFAULT_THRESHOLD_S,
      intervalS: wanted.get('interval') ?? DEFAULT_INTERVAL_S,
    }
  }
  const match = TELEPHONY_FILTER.exec(path)
  if (match === null) throw invalidFilter(text)
  const [, account, extension] = match
  const accountId = account === '~' ? owner.accountId : account
  if (accountId !== owner.accountId) {
    throw new RestError(403, 'SUB-406', 'Not allowed subscribe for events to extensions of other account')
  }
  const extensionId = extension === '~' ? owner.extensionId : extension
  if (extensionId !== undefined && directory.find(accountId, extensionId) === undefined) {
    throw new RestError(403, 'SUB-408', 'Not allowed subscribe for unknown user')
  }
  if (extensionId !== owner.extensionId && !owner.isAdministrator) {
    throw missingPermission('user', 'CallControl')
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
