import { i18n } from '#i18n'
import type { Distribution } from '../../../shared/metrics/distribution.ts'
import { FIGURE_NAMES, FIGURES, type FigureDefinition, type FigureName } from '../../../shared/metrics/figures.ts'
import { countOther } from '../../../shared/metrics/tally.ts'
import { formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { compareAmounts, type Wish } from '../change.ts'
import { DoorButton } from '../DoorButton.tsx'
import { doorsOf, doorTo } from '../doors.ts'
import type { SpanFigures } from '../figures.ts'
import type { Compared, ReportsModel } from '../model.ts'
import type { Only } from '../only.ts'
import { Tile } from './Tile.tsx'
import { TimeTile } from './TimeTile.tsx'
import { WithinTile } from './WithinTile.tsx'

interface TilesProps {
  readonly model: ReportsModel
  readonly figures: Compared<SpanFigures>
}

/** All figures of the range. My own times stand apart from those of the whole call: a call that I passed on went on without me. */
export function Tiles({ model, figures }: TilesProps) {
  const tallies = { now: figures.now.tally, before: figures.before.tally }
  const calls = model.callFigures.value
  const { now, before } = tallies
  const isEstimate = now.estimates > 0
  const isCompared = before.calls > 0
  const known = {
    now: { ...now.distributions, ...calls?.now.distributions },
    before: { ...before.distributions, ...calls?.before.distributions },
  }
  const timesOf = (name: FigureName): Compared<Distribution> | undefined => {
    const [timesNow, timesBefore] = [known.now[name], known.before[name]]
    return timesNow && timesBefore && { now: timesNow, before: timesBefore }
  }
  const drawTimes = (whose: FigureDefinition['whose']) => (
    <dl class="tiles">
      {FIGURE_NAMES.filter((name) => FIGURES[name].whose === whose).map((name) => (
        <TimeTile key={name} times={timesOf(name)} {...{ model, name, isEstimate, isCompared }} />
      ))}
    </dl>
  )
  return (
    <div class="tile-groups">
      <section>
        <h2>{i18n.t('reports.group.calls')}</h2>
        <dl class="tiles">
          <CountTile {...{ model, isCompared }} name="calls" counts={{ now: now.calls, before: before.calls }} />
          <CountTile
            {...{ model, isCompared }}
            name="answered"
            counts={{ now: now.answered, before: before.answered }}
          />
          <CountTile {...{ model, isCompared }} name="missed" counts={{ now: now.missed, before: before.missed }} />
          <CountTile
            {...{ model, isCompared }}
            name="other"
            counts={{ now: countOther(now), before: countOther(before) }}
          />
          <CountTile
            {...{ model, isCompared }}
            name="notReturned"
            counts={calls && { now: calls.now.notReturned, before: calls.before.notReturned }}
          />
          <WithinTile model={model} tallies={tallies} />
        </dl>
      </section>
      <section>
        <h2>{i18n.t('reports.group.mine')}</h2>
        {drawTimes('person')}
        {isEstimate && (
          <p class="quiet estimates">
            <DoorButton doors={model.doors} to={doorTo({ kind: 'count', name: 'estimates' })}>
              {i18n.t('reports.estimates', now.estimates, [formatCount(now.estimates, language())])}
            </DoorButton>
          </p>
        )}
      </section>
      <section>
        <h2>{i18n.t('reports.group.whole')}</h2>
        {drawTimes('conversation')}
      </section>
    </div>
  )
}

interface CountTileProps {
  readonly model: ReportsModel
  /** Whether there were calls before. */
  readonly isCompared: boolean
  readonly name: 'calls' | 'answered' | 'missed' | 'other' | 'notReturned'
  /** `undefined`: not read yet. */
  readonly counts: Compared<number> | undefined
}

const WISHES: Partial<Record<CountTileProps['name'], Wish>> = { missed: 'less', notReturned: 'less' }

function CountTile({ model, isCompared, name, counts }: CountTileProps) {
  const only: Only | undefined = name === 'calls' ? undefined : { kind: 'count', name }
  return (
    <Tile
      name={name}
      term={i18n.t(`reports.figure.${name}`)}
      meaning={i18n.t(`reports.means.${name}`)}
      value={counts === undefined ? '–' : formatCount(counts.now, language())}
      change={compareAmounts(counts?.now, counts?.before)}
      wish={WISHES[name]}
      before={isCompared && counts ? formatCount(counts.before, language()) : undefined}
      doors={model.doors}
      {...doorsOf(only, counts, model.shownSpans.value.before)}
    />
  )
}
