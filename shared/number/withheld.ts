import { foldAccents } from '../fold-accents.ts'
import { onKeypad } from './keypad.ts'
import { MIN_OUTSIDE_DIGITS } from './outside-digits.ts'

/**
 * Texts in the place of a number that belong to no caller: two callers who share one are not the same. It has no key, or strangers
 * would share notes, and one's answered call would return another's missed one.
 */

/**
 * Words of SIP addresses and of callers who are numbered (`Unknown 2`), without accents and blanks, in the languages of switches. Any
 * other word without a digit is no number either.
 */
const WORDS: ReadonlySet<string> = new Set(
  (
    'anonym anonyme anonimo anonymous anoniem anonymouscaller blocked blockedcaller callerunknown hidden hiddennumber nocallerid ' +
    'nonumber notavailable outofarea private privatecaller privatenumber restricted suppressed unavailable unknown unknowncaller ' +
    'unknownnumber withheld unbekannt unterdruckt unterdrueckt privat inconnu masque indisponible desconocido oculto privado ' +
    'restringido sconosciuto privato riservato desconhecido restrito confidencial onbekend afgeschermd prive okant hemligt ukendt ' +
    'hemmeligt ukjent skjult tuntematon salainen nieznany zastrzezony neznamy skryte ismeretlen rejtett necunoscut bilinmeyen gizli ' +
    'неизвестныи анонимныи скрытыи невідомии приховании 非通知 未知 匿名'
  ).split(' '),
)

/** Endings of such a word beside a noun: `Unbekannter Anrufer`, `llamada desconocida`. */
const ENDINGS = /(?:e[nrs]?|a)$/
/** What those words are said of. */
const NOUNS: ReadonlySet<string> = new Set(
  (
    'number caller call anrufer anruf nummer rufnummer teilnehmer numero appelant appel correspondant llamada llamante chiamante ' +
    'chiamata chamada beller beldernummer uppringare opkald numer cislo numara номер абонент'
  ).split(' '),
)

/** Whether a name is made of such words alone, and so is that of any caller. */
export function isWithheldName(name: string): boolean {
  const words = foldAccents(name).match(/\p{L}+/gu) ?? []
  const said = words.filter((word) => !NOUNS.has(word))
  const isWord = (word: string) =>
    [word, word.replace(ENDINGS, ''), word.replace(/a$/, 'o')].some((form) => WORDS.has(form))
  return said.length > 0 && (said.every(isWord) || WORDS.has(words.join('')))
}

/** `text`, `isAddress`: see `Spelling`. An outside number beside such a word is somebody's: `privat 030 901877`. */
export function isWithheldText(text: string, isAddress: boolean): boolean {
  const letters = foldAccents(text).replace(/[^\p{L}]/gu, '')
  const hasNumber = (text.match(/\d/g)?.length ?? 0) >= MIN_OUTSIDE_DIGITS
  if ((WORDS.has(letters) && !hasNumber) || !/[\p{L}\p{N}]/u.test(text)) return true
  return !isAddress && !/\p{N}/u.test(text)
}

/**
 * Gateways that can carry digits only spell the word on the keypad: +266696687 is ANONYMOUS. Sources: Twilio's help on strange
 * callers, which has RESTRICTED with two digits exchanged as well.
 */
const SPELLED: ReadonlySet<string> = new Set([
  ...['anonymous', 'restricted', 'blocked', 'unknown', 'unavailable'].map(onKeypad),
  '7378742883',
])

/** Whether a number in E.164 can be nobody's. */
export function isStandInNumber(e164: string): boolean {
  const digits = e164.slice(1)
  if (SPELLED.has(digits) || /^\d{1,3}?0{7,}$/.test(digits)) return true
  // In North America no area code begins with 0 or 1, and of those of one digit only 888 is in use.
  return /^1(?:[01]|([2-79])\1{9}$)/.test(digits) || SPELLED.has(digits.slice(1))
}

/** The same for what has no place in the world's numbering plan, such as a country code alone. */
export function isStandInText(text: string): boolean {
  if (/^\+\d{1,6}$/.test(text)) return true
  const digits = /^\+?(\d+)$/.exec(text)?.[1]
  if (digits === undefined) return false
  return (
    SPELLED.has(digits) ||
    SPELLED.has(digits.replace(/^(?:1|00|011)/, '')) ||
    /^(?:0{4,}|10{6,}|(\d)\1{6,})$/.test(digits)
  )
}
