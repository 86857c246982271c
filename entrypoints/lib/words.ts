import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import type { Outcome, Phase } from '../../shared/call/select.ts'
import type { DisplayNumber } from '../../shared/number.ts'

/** The words for what a call is doing, or for how it came out. */
export function nameState(phase: Phase, outcome: Outcome | undefined): string {
  if (phase !== 'ended') return i18n.t(`phase.${phase}`)
  return i18n.t(`outcome.${outcome ?? 'answered'}`)
}

export function nameNumber(number: DisplayNumber | undefined): string {
  if (number === undefined) return i18n.t('person.withheld')
  return number.kind === 'extension' ? i18n.t('person.extension', [number.text]) : number.text
}

/** Whom to call the other side: by name, or by number when there is none. */
export function nameCounterpart(name: string | undefined, number: DisplayNumber | undefined): string {
  return name ?? nameNumber(number)
}

/** The reader's language, for dates and numbers. */
export function language(): string {
  return browser.i18n.getUILanguage()
}
