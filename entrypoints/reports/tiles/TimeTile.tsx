import { i18n } from '#i18n'
import { type Distribution, measureDistribution } from '../../../shared/metrics/distribution.ts'
import { formatClock } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { compareAmounts } from '../change.ts'
import { formatCount } from '../labels.ts'
import type { Compared } from '../model.ts'
import { Tile } from './Tile.tsx'

interface TimeTileProps {
  readonly name: 'ring' | 'talk' | 'hold' | 'twoWayTalk' | 'callerWait'
  /** `undefined`: not read yet. */
  readonly times: Compared<Distribution> | undefined
  readonly isEstimate?: boolean
}

/** A time: all of it together, and how it is spread over the calls in which it was. */
export function TimeTile({ name, times, isEstimate = false }: TimeTileProps) {
  const now = times && measureDistribution(times.now)
  const before = times && measureDistribution(times.before)
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
      value={now === undefined ? '–' : formatClock(now.sumMs)}
      isEstimate={isEstimate && now !== undefined && now.count > 0}
      change={compareAmounts(now?.sumMs, before?.sumMs)}
      before={before && formatClock(before.sumMs)}
    >
      <dd>
        <p class="quiet of">
          {now === undefined
            ? i18n.t('reports.reading')
            : i18n.t('reports.inCalls', now.count, [formatCount(now.count, language())])}
        </p>
        <dl class="spread">
          {spread.map(([of, ms]) => (
            <div key={of} data-of={of}>
              <dt>{i18n.t(`reports.spread.${of}`)}</dt>
              <dd>{ms === undefined ? '–' : formatClock(ms)}</dd>
            </div>
          ))}
        </dl>
      </dd>
    </Tile>
  )
}
