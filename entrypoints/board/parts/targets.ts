import { i18n } from '#i18n'
import type { Overview } from '../../../shared/live/overview.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { BoardSettings } from '../../lib/settings/settings.ts'
import { formatClock, formatCount, formatShare } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import type { OverviewFigure } from '../pane/pane-model.ts'

/** One of the six numbers, with what it is measured by: a number that triggers nothing has no place there. */
export interface Target {
  readonly figure: OverviewFigure
  /** `undefined`: it goes on by itself, see `sinceMs`. */
  readonly value: string | undefined
  /** Since when somebody waits, where that is the number. */
  readonly sinceMs: number | undefined
  readonly target: string
  /** `missed`: somebody should do something. `undefined`: there is nothing to judge yet. */
  readonly isMet: (nowMs: number) => boolean | undefined
}

/** In the order in which they are read: who waits, how well they are served, who serves them. */
export function listTargets(overview: Overview, settings: BoardSettings): readonly Target[] {
  const { waiting, longest, talking, available, people } = overview
  return [
    count('waiting', waiting, i18n.t('board.atMost', [String(settings.waitingGoal)]), waiting <= settings.waitingGoal),
    {
      figure: 'longest',
      value: longest === undefined ? '–' : undefined,
      sinceMs: longest?.sinceMs,
      target: i18n.t('board.atMost', [formatClock(settings.waitSeconds * SECOND_MS)]),
      isMet: (nowMs) => longest === undefined || nowMs - longest.sinceMs <= settings.waitSeconds * SECOND_MS,
    },
    describeLevel(overview, settings),
    describeAbandoned(overview, settings),
    count('talking', talking, i18n.t('board.ofPeople', [formatCount(people, language())]), undefined),
    count(
      'available',
      available,
      i18n.t('board.atLeast', [String(settings.availableGoal)]),
      available >= settings.availableGoal,
    ),
  ]
}

function count(figure: OverviewFigure, value: number, target: string, isMet: boolean | undefined): Target {
  return { figure, value: formatCount(value, language()), sinceMs: undefined, target, isMet: () => isMet }
}

function describeLevel({ serviceLevel, serviceGoal }: Overview, { levelGoalPercent }: BoardSettings): Target {
  const goal = serviceGoal ?? levelGoalPercent / 100
  const share = serviceLevel?.share
  return {
    figure: 'level',
    value: share === undefined ? '–' : formatDown(share),
    sinceMs: undefined,
    target: i18n.t('board.atLeast', [formatShare(goal, language())]),
    isMet: () => (share === undefined ? undefined : share >= goal),
  }
}

function describeAbandoned({ offered, abandoned }: Overview, { abandonedGoalPercent }: BoardSettings): Target {
  const goal = abandonedGoalPercent / 100
  return {
    figure: 'abandoned',
    value: formatCount(abandoned, language()),
    sinceMs: undefined,
    target: i18n.t('board.atMostOf', [formatShare(goal, language()), formatCount(offered, language())]),
    isMet: () => (offered === 0 ? undefined : abandoned / offered <= goal),
  }
}

/** A goal that is just missed is not rounded up to it. */
function formatDown(share: number): string {
  return formatShare(Math.floor(share * 100) / 100, language())
}
