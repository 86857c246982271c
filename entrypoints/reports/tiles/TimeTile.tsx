import { i18n } from '#i18n'
import {
  type Distribution,
  type DistributionFigures,
  measureDistribution,
} from '../../../shared/metrics/distribution.ts'
import { FIGURES, type FigureName } from '../../../shared/metrics/figures.ts'
import { formatClock, formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { compareAmounts, type Wish } from '../change.ts'
import { DoorButton } from '../DoorButton.tsx'
import { doorsOf, doorTo } from '../doors.ts'

import type { Compared, ReportsModel } from '../model.ts'
import { Tile } from './Tile.tsx'

interface TimeTileProps {
  readonly model: ReportsModel
  /** Whether there were calls before. */
  readonly isCompared: boolean
  readonly name: FigureName
  /** `undefined`: not read yet. */
  readonly times: Compared<Distribution> | undefined
  readonly isEstimate?: boolean
}

/** Sums grow with the calls: that is neither better nor worse. */
const WISHES: Partial<Record<FigureName, Wish>> = { longestHold: 'less' }

/** A figure of all calls, and how it is spread over those in which it was. */
export function TimeTile({ model, isCompared, name, times, isEstimate = false }: TimeTileProps) {
  const now = times && measureDistribution(times.now)
  const before = times && measureDistribution(times.before)
  const totalOf = ({ sumMs, longestMs = 0 }: DistributionFigures) => (FIGURES[name].total === 'sum' ? sumMs : longestMs)
  const { doors } = model
  const counts = now && before && { now: now.count, before: before.count }
  const { door, doorBefore } = doorsOf({ kind: 'time', name }, counts, model.shownSpans.value.before)
  const spread = [
    ['mean', now?.meanMs],
    ['median', now?.medianMs],
    ['p90', now?.p90Ms],
    ['longest', now?.longestMs],
  ] as const
  return (
    <Tile
      name={name}
      term={i18n.t(`figure.${name}`)}
      meaning={i18n.t(`meaning.${name}`)}
      value={now === undefined ? '–' : formatClock(totalOf(now))}
      isEstimate={isEstimate && now !== undefined && now.count > 0}
      change={compareAmounts(now && totalOf(now), before && totalOf(before))}
      wish={WISHES[name]}
      before={isCompared && before ? formatClock(totalOf(before)) : undefined}
      doors={doors}
      door={door}
      doorBefore={doorBefore}
    >
      <dd>
        <p class="quiet of">
          {now === undefined ? (
            i18n.t('reports.reading')
          ) : (
            <DoorButton doors={doors} to={door}>
              {i18n.t('reports.inCalls', now.count, [formatCount(now.count, language())])}
            </DoorButton>
          )}
        </p>
        <dl class="spread">
          {spread.map(([of, ms]) => (
            <div key={of} data-of={of}>
              <dt>{i18n.t(`reports.spread.${of}`)}</dt>
              <dd>
                <DoorButton
                  doors={doors}
                  to={of === 'p90' && ms !== undefined ? doorTo({ kind: 'time', name, toMs: ms }) : door}
                >
                  {ms === undefined ? '–' : formatClock(ms)}
                </DoorButton>
              </dd>
            </div>
          ))}
        </dl>
      </dd>
    </Tile>
  )
}
