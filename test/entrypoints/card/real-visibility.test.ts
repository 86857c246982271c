import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SEEN_MS, watchVisibility } from '../../../entrypoints/card/real-visibility.ts'

/** The browser's reports, handed over by hand. */
interface Report {
  readonly isVisible: boolean
  readonly intersectionRatio: number
  readonly time: number
}

let report: (...reports: readonly Report[]) => void
let pending: Report[]
let options: unknown

beforeEach(() => {
  pending = []
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(callback: (reports: readonly Report[]) => void, given: unknown) {
        report = (...reports) => callback(reports)
        options = given
      }
      observe() {}
      disconnect() {}
      takeRecords() {
        return pending.splice(0)
      }
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

const whole = (time: number): Report => ({ isVisible: true, intersectionRatio: 1, time })
const covered = (time: number): Report => ({ isVisible: false, intersectionRatio: 1, time })
const cutOff = (time: number): Report => ({ isVisible: true, intersectionRatio: 0.5, time })
const watch = (onReady: (isReady: boolean) => void = () => {}) => watchVisibility({} as Element, onReady)

describe('an element', () => {
  it('asks for what is really visible', () => {
    watch()
    expect(options).toMatchObject({ trackVisibility: true, delay: 100 })
  })

  const cases: readonly (readonly [what: string, reports: readonly Report[], atMs: number, wasSeen: boolean])[] = [
    ['of which nothing is known was not seen', [], 10_000, false],
    ['was not seen a moment before its time', [whole(1000)], 1000 + SEEN_MS - 1, false],
    ['was seen when it has been there for long enough', [whole(1000)], 1000 + SEEN_MS, true],
    ['is counted from the first report on', [whole(1000), whole(1300)], 1000 + SEEN_MS, true],
    ['that is covered was not seen, however long it is there', [covered(1000)], 60_000, false],
    ['that is covered now was not seen', [whole(1000), covered(9000)], 60_000, false],
    ['that was covered is counted anew', [whole(1000), covered(1200), whole(1300)], 1000 + SEEN_MS, false],
    ['of which half is cut off was not seen', [cutOff(1000)], 60_000, false],
  ]
  it.each(cases)('%s', (_, reports, atMs, wasSeen) => {
    const visibility = watch()
    report(...reports)
    expect(visibility.wasSeen(atMs)).toBe(wasSeen)
  })

  it('is ready once it has been seen for long enough, and not any more when it is covered', () => {
    vi.useFakeTimers()
    const told: boolean[] = []
    watch((isReady) => told.push(isReady))
    const sinceMs = 0
    report(whole(sinceMs))
    vi.advanceTimersByTime(SEEN_MS - 1)
    expect(told).toEqual([])
    vi.advanceTimersByTime(1)
    expect(told).toEqual([true])
    report(covered(sinceMs + 1000))
    expect(told).toEqual([true, false])
    vi.useRealTimers()
  })

  it('is not ready when it was covered before its time', () => {
    vi.useFakeTimers()
    const told: boolean[] = []
    const visibility = watch((isReady) => told.push(isReady))
    const sinceMs = 0
    report(whole(sinceMs), covered(sinceMs + 100), whole(sinceMs + 200))
    visibility.stop()
    vi.advanceTimersByTime(10 * SEEN_MS)
    expect(told).toEqual([false])
    vi.useRealTimers()
  })

  it('is not called hidden before anything is known of it', () => {
    expect(watch().isHidden()).toBe(false)
  })

  it('was not seen when the report that it is covered has come and is not handed over yet', () => {
    const visibility = watch()
    report(whole(1000))
    expect(visibility.isHidden()).toBe(false)
    pending.push(covered(1900))
    expect(visibility.wasSeen(2000)).toBe(false)
    expect(visibility.isHidden()).toBe(true)
  })
})
