import * as v from 'valibot'
import { storage } from 'wxt/utils/storage'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import type { CrmEdits } from '../crm/site.ts'
import type { CardPlace } from './card-place.ts'
import { defineSetting } from './validated-setting.ts'

/** Where the relay is, as an origin without a path (`https://relay.example.com`); `''` until somebody has said so. */
export const relayUrlSetting = storage.defineItem<string>('local:relayUrl', { fallback: '' })

/** The country in which the person writes numbers, ISO 3166, as they chose it; `''`: RingCentral's for them. */
export const countrySetting = storage.defineItem<string>('local:country', { fallback: '' })

/** RingCentral's home country of who is signed in, ISO 3166; `''` while it is not known. Written by the background alone. */
export const homeCountrySetting = storage.defineItem<string>('local:homeCountry', { fallback: '' })

/** Where the person put the card, by the origin of the site. */
export const cardPlacesSetting = storage.defineItem<Readonly<Record<string, CardPlace>>>('local:cardPlaces', {
  fallback: {},
})

/** What the person changed about the search and the records of CRMs and sites. */
export const crmEditsSetting = storage.defineItem<CrmEdits>('local:crmEdits', { fallback: {} })

/** Whether the person has seen the sample call. */
export const sampleSeenSetting = storage.defineItem<boolean>('local:sampleSeen', { fallback: false })

/** Whether links to numbers can be called, and from which phone whoever is called. */
export interface Dialling {
  readonly isOn: boolean
  /** RingCentral's id of the phone that rings first; absent: the first that is online. */
  readonly deviceId?: string
}

/** Off until somebody switches it on: until then links to numbers open another program. */
export const diallingSetting = storage.defineItem<Dialling>('local:dialling', { fallback: { isOn: false } })

/** How long the card of a finished call stays up by itself, ms; or until the person puts it away. */
export const ENDED_CARD_STAYS = [15 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 'untilClosed'] as const
export type EndedCardStay = (typeof ENDED_CARD_STAYS)[number]

/** A minute: time to read three figures and to finish a note. */
export const endedCardSetting = storage.defineItem<EndedCardStay>('local:endedCard', { fallback: MINUTE_MS })

/** A whole number from `min` to `max`; `usual` where there is none. */
const whole = (min: number, max: number, usual: number) =>
  v.fallback(v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max)), usual)
const onAtFirst = v.fallback(v.boolean(), true)

/** The longest that an alert may wait: an hour. */
export const MAX_ALERT_SECONDS = 3600

const alerts = v.object({
  /** A call on hold: seconds until the badge and until the notification. */
  holdIsOn: onAtFirst,
  holdBadgeSeconds: whole(1, MAX_ALERT_SECONDS, 60),
  holdNoticeSeconds: whole(1, MAX_ALERT_SECONDS, 120),
  /** A call that rings for long; half a minute is six rings. */
  ringIsOn: onAtFirst,
  ringSeconds: whole(1, MAX_ALERT_SECONDS, 30),
  /** Calls that were missed and not returned; at this minute of the day, by the person's clock. */
  missedIsOn: onAtFirst,
  missedMinute: whole(0, 24 * 60 - 1, 17 * 60),
  /** Whether calls that reached the voicemail count as calls to return: in alerts, lists and reports. */
  voicemailsToReturn: onAtFirst,
})
/** What the person wants to be reminded of. */
export type AlertSettings = v.InferOutput<typeof alerts>
export const alertSettings = defineSetting('local:alerts', alerts)

const ring = v.object({
  /** Off until somebody switches it on: most have a phone that rings. */
  isOn: v.fallback(v.boolean(), false),
  /** Of what the output gives; nothing would be no sound. */
  volumePercent: whole(1, 100, 60),
  /** Where it comes from, by Chrome's id and as that called it last; absent: from where the computer has its sounds. */
  output: v.fallback(v.optional(v.object({ id: v.string(), name: v.string() })), undefined),
})
/** Whether and how calls that ring for the person are heard in this browser. */
export type RingSettings = v.InferOutput<typeof ring>
export const ringSettings = defineSetting('local:ringSound', ring)

/** The longest time that can be named: ten years. */
export const MAX_KEPT_DAYS = 3650

const retention = v.object({
  /** Days that the events behind the figures are kept. There is no "forever": they are most of what is stored. */
  eventDays: whole(1, MAX_KEPT_DAYS, 30),
  /** Days that calls are kept with their figures; 0: forever. Events are deleted with their call. */
  callDays: whole(0, MAX_KEPT_DAYS, 365),
  /** Days since a note was last written; 0: forever. */
  noteDays: whole(0, MAX_KEPT_DAYS, 365),
})
/** How long what is stored is kept. */
export type RetentionSettings = v.InferOutput<typeof retention>
export const retentionSettings = defineSetting('local:keeping', retention)

const privacy = v.object({
  /** Whether phone numbers are shown without their last digits, for somebody else who sees the screen. */
  isMasking: v.fallback(v.boolean(), false),
})
export const privacySettings = defineSetting('local:privacy', privacy)

/** The longest that a call may ring and still be answered in time: ten minutes. */
export const MAX_ANSWER_GOAL_SECONDS = 600

const reports = v.object({
  /** "Answered within" is within so many seconds of ringing. */
  answerGoalSeconds: whole(1, MAX_ANSWER_GOAL_SECONDS, 20),
})
export const reportSettings = defineSetting('local:reports', reports)

/** Quick lines for an agent who talks: more than these nobody looks through while somebody waits. */
export const MAX_PHRASES = 12
export const MAX_PHRASE_LENGTH = 200
/** Callers of whom a board tells when nobody answers them. */
export const MAX_IMPORTANT_NUMBERS = 200

const lines = (most: number, length: number) =>
  v.fallback(
    v.pipe(
      v.array(v.unknown()),
      v.transform((all) => all.filter((one) => typeof one === 'string' && one.trim() !== '' && one.length <= length)),
      v.transform((all) => all.slice(0, most) as readonly string[]),
    ),
    [],
  )

const board = v.object({
  /** A hold is shown in amber after the one time, in red after the other. */
  holdAmberSeconds: whole(1, MAX_ALERT_SECONDS, 60),
  holdRedSeconds: whole(1, MAX_ALERT_SECONDS, 120),
  /** Alerts of the account, each with what it waits for. */
  handIsOn: onAtFirst,
  holdIsOn: onAtFirst,
  holdSeconds: whole(1, MAX_ALERT_SECONDS, 180),
  waitIsOn: onAtFirst,
  waitSeconds: whole(1, MAX_ALERT_SECONDS, 120),
  levelIsOn: onAtFirst,
  /** Those of the account's rules. */
  ruleIsOn: onAtFirst,
  importantIsOn: onAtFirst,
  importantSeconds: whole(1, MAX_ALERT_SECONDS, 15),
  /** Contacts with this tag are important, and these numbers. */
  importantTag: v.fallback(v.pipe(v.string(), v.maxLength(64)), 'VIP'),
  importantNumbers: lines(MAX_IMPORTANT_NUMBERS, 32),
  /** What the numbers on the wall are measured by, where the account has no word on it. */
  waitingGoal: whole(0, 1000, 3),
  levelGoalPercent: whole(1, 100, 80),
  abandonedGoalPercent: whole(0, 100, 5),
  availableGoal: whole(0, 1000, 1),
  /** Absent: those that come with the board, in the reader's language. */
  phrases: v.fallback(v.optional(lines(MAX_PHRASES, MAX_PHRASE_LENGTH)), undefined),
})
/** How a person's board looks, and what it tells them of. */
export type BoardSettings = v.InferOutput<typeof board>
export const boardSettings = defineSetting('local:board', board)
