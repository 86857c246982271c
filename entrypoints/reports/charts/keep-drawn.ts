import { untilPainted } from '../../ui/until-painted.ts'
import { listenToColours } from './colours.ts'
import { createPlot, type PlotOptions } from './plot.ts'

/**
 * Draws into an element, and again in another width or other colours, until the returned function takes it away. What is in sight, or
 * about to be, is drawn before the frame is painted, in which it would be empty otherwise; the rest is not waited for and comes after it.
 */
export function keepDrawn(element: HTMLElement, options: PlotOptions): () => void {
  let remove: (() => void) | undefined
  let isWanted = true
  if (isNear(element)) remove = draw(element, options)
  else
    void untilPainted().then(() => {
      if (isWanted) remove = draw(element, options)
    })
  return () => {
    isWanted = false
    remove?.()
  }
}

function draw(element: HTMLElement, options: PlotOptions): () => void {
  const plot = createPlot(element, options)
  const observer = new ResizeObserver(plot.fit)
  observer.observe(element)
  const stop = listenToColours(plot.redraw)
  return () => {
    stop()
    observer.disconnect()
    plot.remove()
  }
}

/** Half a screen further than can be seen: the first of them often begins just there. */
function isNear(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < 1.5 * window.innerHeight
}
