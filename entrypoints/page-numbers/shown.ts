/** By the names that Chrome 120 knows. */
const BY_STYLE = { checkVisibilityCSS: true, checkOpacity: true }

/**
 * Whether a person who scrolls would see an element. Records lie on top of one another in many CRMs, as tabs inside the page:
 * only the one before the person counts.
 */
export function isShown(element: Element): boolean {
  if (!element.checkVisibility(BY_STYLE)) return false
  const { right, bottom, width, height } = element.getBoundingClientRect()
  if (width === 0 && height === 0) return hasBoxInside(element)
  // Text for screen readers alone is cut to a pixel, and what is left or above of the page cannot be scrolled to.
  return width > 1 && height > 1 && right + scrollX > 0 && bottom + scrollY > 0
}

/** An element may have no box and show what is in it all the same (`display: contents`). */
function hasBoxInside(element: Element): boolean {
  return [...element.children].some((child) => {
    const { width, height } = child.getBoundingClientRect()
    return width > 1 && height > 1
  })
}

/** Zendesk keeps the panes of other tickets in the page, and says so. */
export function isAsidePane(element: Element): boolean {
  return element.getAttribute('data-is-active') === 'false'
}

/** Whether the frame that this document is in is shown, as far as the documents around it may be asked. */
export function isFrameShown(): boolean {
  for (let view: Window = window; view.frameElement !== null; view = view.parent) {
    if (!view.frameElement.checkVisibility(BY_STYLE)) return false
    if (view.frameElement.closest('[data-is-active="false"]') !== null) return false
  }
  return true
}
