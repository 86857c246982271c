import { i18n } from '#i18n'
import type { Outcome } from '../../../shared/call/outcome.ts'
import type { Phase } from '../../../shared/call/view.ts'
import type { DisplayNumber } from '../../../shared/number/format.ts'
import { uiLanguage } from '../settings/ui-language.ts'

/** A call's state or outcome in one word. */
export interface CallState {
  readonly direction: 'Inbound' | 'Outbound'
  readonly phase: Phase
  readonly outcome: Outcome | undefined
  /** Whether the outcome is likely only. */
  readonly isOutcomeLikely?: boolean
}

/** The label of a call's state or outcome. */
export function nameState({ direction, phase, outcome, isOutcomeLikely = false }: CallState): string {
  if (phase !== 'ended') return i18n.t(`phase.${phase}`)
  if (outcome === 'answeredElsewhere' && isOutcomeLikely) return i18n.t('outcome.likelyElsewhere')
  // The other side missed it, not the reader.
  if (outcome === 'missed' && direction === 'Outbound') return i18n.t('outcome.noAnswer')
  return i18n.t(`outcome.${outcome ?? 'answered'}`)
}

export function nameNumber(number: DisplayNumber | undefined): string {
  if (number === undefined) return i18n.t('person.withheld')
  return number.kind === 'extension' ? i18n.t('person.extension', [number.text]) : number.text
}

/** The label of the other side: their name, or their number when there is none. */
export function nameCounterpart(name: string | undefined, number: DisplayNumber | undefined): string {
  return name ?? nameNumber(number)
}

/** With whom else a call goes on in a conference, each as they are to be called. */
export function nameConference(others: readonly string[]): string {
  return i18n.t('card.conferenceWith', [new Intl.ListFormat(language()).format(others)])
}

/** A country or territory (ISO 3166) in the reader's language. */
export function nameRegion(region: string): string {
  return new Intl.DisplayNames(language(), { type: 'region' }).of(region) ?? region
}

/** The reader's language, for dates and numbers. */
export function language(): string {
  return uiLanguage()
}
