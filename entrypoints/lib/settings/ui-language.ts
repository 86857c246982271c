import { browser } from 'wxt/browser'

/**
 * The language of Chrome's own interface, by which dates and numbers are written and the person's country is guessed. Not `@@ui_locale`,
 * which names another than the words are in where Chrome lacks a pack of its language.
 */
export function uiLanguage(): string {
  known ??= browser.i18n.getUILanguage()
  return known
}

/** A browser is restarted to speak another language, and asking takes as long as all the rest of drawing a card. */
let known: string | undefined
