import { i18n } from '#i18n'
import { createSampleCaller } from '../../lib/caller/sample-caller.ts'
import { NO_ACTIONS } from '../../lib/contract/call-actions.ts'
import type { CardCall } from '../../lib/contract/card-call.ts'
import type { CallMessage } from '../../lib/contract/ports.ts'
import type { RecordMatch } from '../../lib/contract/record-match.ts'
import { userCountry } from '../../lib/settings/country.ts'
import { drawCard } from '../calls/card-call.ts'
import { createSampleCall, type SampleCall, type SampleOptions } from './sample-call.ts'
import { knowSampleCaller } from './sample-known.ts'

/** The sample call of this browser, one at a time. It is on cards and nowhere else: in no list, figure, badge or store. */
export interface Sample {
  /** Starts it, or starts it over. */
  play(): void
  /**
   * What the card on a page shows of it. `origin`: of that page. `undefined`: none was ever played, so there is nothing to take
   * down either.
   */
  cards(origin: string): readonly CardCall[] | undefined
  /** Does what a card asks; false when it is about another call. */
  handle(message: CallMessage): boolean
  /** Folds it to a line, or unfolds it; false when it is not up. */
  fold(): boolean
  isPlaying(): boolean
  isRinging(): boolean
  /** Nobody is using its card any more. */
  release(): void
  /** Takes it down, unless somebody is using its card. */
  stop(): void
}

/** The page of the extension that shows the caller's record, as a CRM would, and its origin. */
export interface SampleRecordPage {
  readonly url: string
  readonly origin: string
}

type SampleParts = Pick<SampleOptions, 'clock' | 'isInUse' | 'onShown' | 'onOpenRecord'>

export function createSample({
  recordPage,
  ...options
}: SampleParts & { readonly recordPage: SampleRecordPage }): Sample {
  let call: SampleCall | undefined
  let played = 0

  function stop(): void {
    call?.stop()
  }

  function matchRecord(isThisPage: boolean): RecordMatch {
    const record = { url: recordPage.url, title: i18n.t('sample.record'), isChosen: false }
    return { isThisPage, records: isThisPage ? [] : [record], canSearch: false, crmName: '' }
  }

  return {
    play: () => {
      stop()
      played += 1
      const country = userCountry()
      const caller = createSampleCaller(i18n.t('sample.caller'), country)
      call = createSampleCall({ ...options, telephonySessionId: `sample-${played}`, caller, country })
      call.begin()
    },
    cards: (origin) => {
      if (call === undefined) return undefined
      const shown = call.shown()
      if (shown === undefined) return []
      const { row, note, kinds } = shown
      const devices = [{ id: 'sample', name: i18n.t('sample.phone') }]
      const actions = { ...NO_ACTIONS, kinds, devices }
      const known = knowSampleCaller(options.clock.nowMs())
      const match = matchRecord(origin === recordPage.origin)
      // Its number is nobody's: there is nothing to hide.
      const facts = { match, known, note, actions, isMasking: false }
      return [{ ...drawCard(row, options.clock.nowMs(), facts), isSample: true }]
    },
    fold: () => {
      const row = call?.shown()?.row
      if (row === undefined) return false
      const { telephonySessionId, isFolded } = row
      return call?.handle({ type: 'fold', telephonySessionId, isFolded: !isFolded }) ?? false
    },
    isPlaying: () => call?.shown() !== undefined,
    isRinging: () => call?.shown()?.row.phase === 'ringing',
    release: () => call?.release(),
    handle: (message) => call?.handle(message) ?? false,
    stop,
  }
}
