import type { NumberCandidate } from '../lib/contract/ports.ts'
import { scan } from './scan.ts'
import { createScanSchedule } from './scan-schedule.ts'

export interface WatchOptions {
  /** Called after every scan. */
  readonly onCandidates: (candidates: readonly NumberCandidate[]) => void
  /** A frame of the page has got another document. */
  readonly onFrameLoaded: () => void
  /** Ends everything. */
  readonly signal: AbortSignal
}

/** The longest slice of work before the page gets its turn: a third of a frame. */
const SLICE_MS = 5

/** Attributes that show or hide parts of a page without adding nodes, or that contain numbers. */
const ATTRIBUTES = ['class', 'style', 'hidden', 'open', 'href', 'value', 'title', 'data-is-active']

/** Scans the page now, and again whenever it has changed, while the page is idle enough. */
export function watchPage({ onCandidates, onFrameLoaded, signal }: WatchOptions): void {
  const schedule = createScanSchedule()
  const frames = new WeakSet<HTMLIFrameElement>()
  const observer = new MutationObserver(noteChange)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isLooking = false
  let hasChanged = false

  function observe(root: Document | ShadowRoot): void {
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributeFilter: ATTRIBUTES })
  }

  function watchFrame(frame: HTMLIFrameElement): void {
    if (frames.has(frame)) return
    frames.add(frame)
    // It may have loaded since the script was brought to all frames that there were.
    onFrameLoaded()
    frame.addEventListener('load', onFrameLoaded, { signal })
  }

  function noteChange(): void {
    hasChanged = true
    if (isLooking || signal.aborted) return
    clearTimeout(timer)
    timer = setTimeout(look, schedule.waitMs(performance.now()))
  }

  function look(): void {
    hasChanged = false
    isLooking = true
    const reading = scan({ onRoot: observe, onFrame: watchFrame })
    let tookMs = 0

    function goOn(): void {
      if (signal.aborted) return
      const fromMs = performance.now()
      let step = reading.next()
      while (!step.done && performance.now() - fromMs < SLICE_MS) step = reading.next()
      const nowMs = performance.now()
      tookMs += nowMs - fromMs
      if (!step.done) {
        inSpareTime(goOn)
        return
      }
      isLooking = false
      schedule.rest(nowMs, tookMs)
      onCandidates(step.value)
      if (hasChanged) noteChange()
    }

    inSpareTime(goOn)
  }

  observe(document)
  // A box that was ticked, a pane that has faded in: the document has not changed, what can be seen has.
  for (const type of ['change', 'click', 'load', 'transitionend', 'animationend'])
    document.addEventListener(type, noteChange, { capture: true, signal })
  navigation.addEventListener('currententrychange', noteChange, { signal })
  addEventListener('resize', noteChange, { signal })
  signal.addEventListener('abort', () => {
    observer.disconnect()
    clearTimeout(timer)
  })
  look()
}

/** Behind everything that the page itself wants to do, and before it is idle: a page that moves all the time never is. */
function inSpareTime(task: () => void): void {
  void scheduler.postTask(task, { priority: 'background' })
}
