import { findNumbers } from './find-numbers.ts'
import { DIGIT, EXTENSION, SEPARATOR } from './number-signs.ts'

const LINK = /^\s*(?:tel|telprompt|callto|skype|sips?|sms|smsto|mms|mmsto|facetime(?:-audio)?):(?:\/\/)?/i
/** Other programs, some of which dial, under names of their own; without those whose addresses hold something else. */
const PROGRAM = /^\s*(?!(?:https?|wss?|ftp|file|data|blob|about|mailto|urn|geo|cid|mid):)[a-z][a-z\d+.-]*:(?:\/\/)?/i
/** Where a link that opens a program has its number. */
const PARAMETER = /[?&](?:phone(?:_?number)?|number|tel|to|dial|addresses)=([^&#]+)/i
/** A chat or a call by number, which is international without a plus; with one it may be as it stands in the record. */
const CHAT = new RegExp(
  '^\\s*(?:https?:\\/\\/(?:www\\.)?wa\\.me\\/|(?:https?:\\/\\/(?:api|web)\\.whatsapp\\.com|whatsapp:\\/)\\/send\\/?\\?(?:.*&)?phone=' +
    '|https?:\\/\\/t\\.me\\/(?=\\+|%2B)|https?:\\/\\/signal\\.me\\/#p\\/|tg:\\/\\/resolve\\?(?:.*&)?phone=|viber:\\/\\/\\w+\\/?\\?(?:.*&)?number=' +
    '|(?:https?:\\/\\/teams\\.microsoft\\.com|msteams:)\\/l\\/call\\/.*[?&]users=4(?::|%3A))(?:\\+|%2B)?(\\d{7,15}|(?<=\\+|%2B)\\d(?:(?:%(?:20|28|29|2D)|[ ().-]){0,3}\\d){6,14})(?![\\w-])',
  'i',
)
/** The number of a link: digits and signs, and behind them an extension, pauses, parameters. */
const LINKED = new RegExp(
  `^[${SEPARATOR}+]*[${DIGIT}*#][${SEPARATOR}${DIGIT}*#]*(?:${EXTENSION}|[,pw])?[\\s,pw${DIGIT}*#]*(?:;.*)?$`,
  'isu',
)

/** Several numbers with what stands beside them; more is no number, and would take long to tell. */
const MAX_LINK_CHARS = 200

/**
 * The number that a link dials, with what is written beside it; `undefined` for other links, and for somebody's address without a number.
 */
export function readLink(href: string): string | undefined {
  const chat = CHAT.exec(href)?.[1]
  if (chat !== undefined) return `+${decode(chat)}`
  const scheme = LINK.exec(href)?.[0]
  if (scheme === undefined) return readProgramLink(href)
  const address = href.slice(scheme.length)
  const target = decode(PARAMETER.exec(address)?.[1] ?? address.replace(/[?&].*$/s, ''))
  const number = /sips?:/i.test(scheme) || /^\s*sips?:/i.test(target) ? target.replace(/[@;].*$/s, '') : target
  if (number.length > MAX_LINK_CHARS) return undefined
  return LINKED.test(number) || findNumbers(number).length > 0 ? number : undefined
}

/** A script that dials. Of others there may be one in each row of a table, with the row's number. */
const DIALLING_SCRIPT = /^\s*javascript:(?=.{0,40}(?:dial|phone|call(?!back)|tel))/i

/** Also `lync:tel:+14085550123` and `javascript:dial('4085550123')`; a short number may be anything there. */
function readProgramLink(href: string): string | undefined {
  const program = PROGRAM.exec(href)?.[0]
  if (program === undefined) return undefined
  const address = href.slice(program.length)
  const target = decode(PARAMETER.exec(address)?.[1] ?? address)
  const number = target.replace(LINK, '').replace(/[?&;#].*$/s, '')
  if (number.length > MAX_LINK_CHARS) return undefined
  const [found] = findNumbers(number)
  return found !== undefined && (LINKED.test(number) || DIALLING_SCRIPT.test(href)) ? found : undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
