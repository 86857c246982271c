import { browser } from 'wxt/browser'

/**
 * The country in which the person writes numbers, as ISO 3166: the region of the browser's language, or the one where most
 * speak it. Sometimes not a country (`419` is Latin America): then only international numbers have a place.
 */
export function userCountry(): string {
  country ??= readCountry()
  return country
}

/** A browser is restarted to speak another language, and asking takes as long as all the rest of drawing a card. */
let country: string | undefined

function readCountry(): string {
  return new Intl.Locale(browser.i18n.getUILanguage()).maximize().region ?? ''
}
