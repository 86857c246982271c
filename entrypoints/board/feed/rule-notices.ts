import type { ActNotice } from '../../../shared/protocol/act.ts'
import { DAY_MS } from '../../../shared/time.ts'
import type { RuleNotice } from './contract.ts'

/** What rules have told of the calls that go on, each once however often it comes. */
export interface RuleNotices {
  take(act: ActNotice, receivedMs: number): void
  /** All there are, when they are others than when this was last asked. */
  takeChanged(): readonly RuleNotice[] | undefined
  /** Forgets those of calls that have left, and of calls that never came. `nowMs`: the platform's clock. */
  forget(telephonySessionIds: readonly string[], nowMs: number): void
}

export function createRuleNotices(): RuleNotices {
  const notices = new Map<string, RuleNotice>()
  let isChanged = false

  function drop(isGone: (notice: RuleNotice) => boolean): void {
    for (const [key, notice] of notices) if (isGone(notice)) isChanged = notices.delete(key) || isChanged
  }

  return {
    take(act, receivedMs) {
      const key = [act.telephonySessionId, act.kind, act.to, act.rule].join(' ')
      if (notices.has(key)) return
      notices.set(key, { act, receivedMs })
      isChanged = true
    },
    takeChanged() {
      if (!isChanged) return undefined
      isChanged = false
      return [...notices.values()]
    },
    forget(telephonySessionIds, nowMs) {
      if (notices.size === 0) return
      const gone = new Set(telephonySessionIds)
      drop(({ act, receivedMs }) => gone.has(act.telephonySessionId) || receivedMs < nowMs - DAY_MS)
    },
  }
}
