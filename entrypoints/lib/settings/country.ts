import { countrySetting, homeCountrySetting } from './settings.ts'
import { uiLanguage } from './ui-language.ts'

/**
 * The one country in which numbers are read, written and dialled, ISO 3166: the one that the person chose, or RingCentral's for
 * them. Until either is known it is a guess by the browser's language, which is wrong for English in India and German in Austria.
 */
export function userCountry(): string {
  return knownCountry() ?? guessCountry()
}

/** The country, unless it is a guess. */
export function knownCountry(): string | undefined {
  return chosen || home || undefined
}

let chosen = ''
let home = ''

/** Resolves when the country has been read; until then it is the guess. */
export function readCountry(): Promise<void> {
  reading ??= Promise.all([countrySetting.getValue(), homeCountrySetting.getValue()]).then((read) => {
    take(...read)
    countrySetting.watch((next) => take(next, home))
    homeCountrySetting.watch((next) => take(chosen, next))
  })
  return reading
}

let reading: Promise<void> | undefined
const listeners = new Set<() => void>()

/** Calls `listener` whenever the country, or whether it is known, has become another. */
export function watchCountry(listener: () => void): void {
  listeners.add(listener)
}

/** Takes over what is about to be written to the settings, whose watchers are told later. Returns whether it is another. */
export function takeHomeCountry(next: string): boolean {
  const before = home
  take(chosen, next)
  return home !== before
}

function take(nextChosen: string, nextHome: string): void {
  const before = knownCountry()
  chosen = cleanCountry(nextChosen)
  home = cleanCountry(nextHome)
  if (knownCountry() !== before) for (const listener of listeners) listener()
}

function cleanCountry(stored: unknown): string {
  return typeof stored === 'string' && /^[A-Z]{2}$/.test(stored) ? stored : ''
}

/** Worked out once: it takes as long as all the rest of drawing a card. */
let guess: string | undefined

/** Sometimes not a country (`419` is Latin America): then only international numbers have a place. */
function guessCountry(): string {
  guess ??= new Intl.Locale(uiLanguage()).maximize().region ?? ''
  return guess
}
