import { i18n } from '#i18n'
import { DAY_MS, SECOND_MS } from '../../../shared/time.ts'
import { NO_NAMES } from '../../lib/caller/caller-name.ts'
import type { EarlierCall, KnownCaller } from '../../lib/caller/known-caller.ts'

/** What a browser would know of the sample caller after a few weeks: a company, earlier calls and what was noted about them. */
export function knowSampleCaller(nowMs: number): KnownCaller {
  const lastCalls = LAST_CALLS.map(({ daysAgo, ...call }, index): EarlierCall => {
    const note = index === 0 ? i18n.t('sample.note') : undefined
    const startedMs = nowMs - daysAgo * DAY_MS
    return { telephonySessionId: `sample-earlier-${index}`, takenBy: undefined, ...call, startedMs, note }
  })
  return {
    contact: { name: i18n.t('sample.caller'), company: i18n.t('sample.company') },
    names: NO_NAMES,
    calls: lastCalls.length + 1,
    lastCalls,
    lastNote: { text: i18n.t('sample.note'), atMs: nowMs - LAST_CALLS[0].daysAgo * DAY_MS },
    tags: [i18n.t('sample.tag')],
  }
}

/** The latest first. */
const LAST_CALLS = [
  { daysAgo: 2, direction: 'Inbound', outcome: 'answered', talkMs: 252 * SECOND_MS },
  { daysAgo: 9, direction: 'Outbound', outcome: 'answered', talkMs: 95 * SECOND_MS },
  { daysAgo: 16, direction: 'Inbound', outcome: 'answeredElsewhere', talkMs: 0, takenBy: 'Sam' },
] as const satisfies readonly (Pick<EarlierCall, 'direction' | 'outcome' | 'talkMs'> & {
  readonly daysAgo: number
  readonly takenBy?: string
})[]
