import type { Page } from 'playwright-core'

/**
 * Numbers and times that are drawn, but not as a whole, as "what: where". A name that is cut off is still a name; a number without its
 * end is another one. One that says it is there only `if-room` may be out of sight altogether.
 */
export function findCutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(${LIST_CUT_OFF})(document.body)`)
}

/** A function of the element to look into, for any world. */
export const LIST_CUT_OFF = `(within) => {
  const TELLING = /\\+?\\(?\\d[\\d\\s().\\-•]{4,}[\\d•]|\\d{1,2}:\\d{2}(?::\\d{2})?/g
  const isInside = (part, whole) =>
    part.left >= whole.left - 0.5 && part.right <= whole.right + 0.5 &&
    part.top >= whole.top - 0.5 && part.bottom <= whole.bottom + 0.5
  const clips = ({ overflowX, overflowY }) => [overflowX, overflowY].some((one) => one === 'hidden' || one === 'clip')
  const isApart = (part, whole) => part.top >= whole.bottom - 0.5 || part.bottom <= whole.top + 0.5
  const found = []
  const texts = document.createTreeWalker(within, NodeFilter.SHOW_TEXT)
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (text.parentElement.closest('.unseen, [hidden], script, style')) continue
    for (const match of text.data.matchAll(TELLING)) {
      const range = document.createRange()
      range.setStart(text, match.index)
      range.setEnd(text, match.index + match[0].length)
      const drawn = range.getBoundingClientRect()
      if (drawn.width === 0) continue
      for (let around = text.parentElement; around && around !== within; around = around.parentElement) {
        if (!clips(getComputedStyle(around))) continue
        const box = around.getBoundingClientRect()
        if (isInside(drawn, box) || (text.parentElement.closest('.if-room') && isApart(drawn, box))) continue
        found.push(match[0] + ': ' + text.parentElement.outerHTML.slice(0, 160))
        break
      }
    }
  }
  return found
}`
