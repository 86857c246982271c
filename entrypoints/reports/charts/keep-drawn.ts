import { untilPainted } from '../../ui/until-painted.ts'
import { listenToColours } from './colours.ts'
import { createPlot, type PlotOptions } from './plot.ts'

/**
 * Draws into an element, and again in another width or other colours, until the returned function takes it away. What is in sight is
 * drawn before the frame is painted, in which it would be empty otherwise; the rest is not waited for and comes after it.
 */
export function keepDrawn(element: HTMLElement, options: PlotOptions): () => void {
  let remove: (() => void) | undefined
  let isWanted = true
  if (isInSight(element)) remove = draw(element, options)
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

function isInSight(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < window.innerHeight
}
