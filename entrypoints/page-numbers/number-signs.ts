/** What numbers are made of, as parts of regular expressions with the flag `u`. */

/** Digits of all scripts. */
export const DIGIT = '\\p{Nd}'
/** What may stand before the first digit. */
export const OPENING = '+(\\[\uff0b\uff08\uff3b\u3010\u3014'
/** What people put between digits: blanks, dashes and dots of all kinds, brackets, and marks that nobody sees. */
export const SEPARATOR =
  '\\s()\\[\\]./\u00ad\u00b7\u02d7\u200b-\u200f\u2010-\u2015\u2022\u2024\u2027\u2043\u2044\u2060\u2212\u2219\u22c5\u2500\u3010\u3011\u3014\u3015\u30fb\u30fc\ufe58\ufe63\uff08\uff09\uff0d-\uff0f\uff3b\uff3d\uff70\\-'
/** An extension, which may follow a number without a blank. Of the words for it these are enough: the worker knows them all. */
export const EXTENSION = `(?:ext(?:n|ension)?|x|dw|app(?:arat)?|durchwahl|poste|int|ramal|доб)[.:#=-]?\\s?${DIGIT}|[pw]{1,4}${DIGIT}`
