import { browser } from 'wxt/browser'

/**
 * The country in which the person writes numbers, as ISO 3166: the region of the browser's language, or the one where most
 * speak it. Sometimes not a country (`419` is Latin America): then only international numbers have a place.
 */
export function userCountry(): string {
  return new Intl.Locale(browser.i18n.getUILanguage()).maximize().region ?? ''
}
