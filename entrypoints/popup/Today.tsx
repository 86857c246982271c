import { i18n } from '#i18n'
import { type Distribution, measureDistribution } from '../../shared/metrics/distribution.ts'
import { countOther } from '../../shared/metrics/tally.ts'
import { formatClock } from '../lib/wording/format.ts'
import type { PopupModel, TodayFigure } from './model.ts'

/** What the day adds up to. Each figure opens the calls that it is made of. */
export function Today({ model }: { readonly model: PopupModel }) {
  const tally = model.today.value
  if (tally === undefined) return null
  return (
    <section>
      <h2>{i18n.t('popup.today')}</h2>
      {tally.calls === 0 ? (
        <p class="empty">{i18n.t('popup.noCallsToday')}</p>
      ) : (
        <>
          <div class="tiles counts">
            <Count model={model} name="calls" count={tally.calls} />
            <Count model={model} name="answered" count={tally.answered} />
            <Count model={model} name="missed" count={tally.missed} />
            {countOther(tally) > 0 && <Count model={model} name="other" count={countOther(tally)} />}
          </div>
          <div class="tiles">
            <Time model={model} name="ring" distribution={tally.distributions.ring} />
            <Time model={model} name="talk" distribution={tally.distributions.talk} />
            <Time model={model} name="hold" distribution={tally.distributions.hold} />
          </div>
        </>
      )}
    </section>
  )
}

interface CountProps {
  readonly model: PopupModel
  readonly name: 'calls' | 'answered' | 'missed' | 'other'
  readonly count: number
}

function Count({ model, name, count }: CountProps) {
  return (
    <Tile
      model={model}
      figure={name}
      label={i18n.t(`popup.${name}`)}
      {...(name === 'other' ? { title: i18n.t('reports.means.other') } : {})}
    >
      <span class="value">{count}</span>
    </Tile>
  )
}

interface TimeProps {
  readonly model: PopupModel
  readonly name: 'ring' | 'talk' | 'hold'
  readonly distribution: Distribution
}

function Time({ model, name, distribution }: TimeProps) {
  const { sumMs, meanMs } = measureDistribution(distribution)
  return (
    <Tile model={model} figure={name} label={i18n.t(`figure.${name}`)} title={i18n.t(`meaning.${name}`)}>
      <span class="value">{formatClock(sumMs)}</span>
      <span class="quiet">{meanMs === undefined ? '–' : i18n.t('popup.mean', [formatClock(meanMs)])}</span>
    </Tile>
  )
}

interface TileProps {
  readonly model: PopupModel
  readonly figure: TodayFigure
  readonly label: string
  readonly title?: string
  readonly children: preact.ComponentChildren
}

function Tile({ model, figure, label, title, children }: TileProps) {
  const isChosen = model.chosen.value === figure
  return (
    <button
      type="button"
      class="tile"
      title={title}
      aria-pressed={isChosen}
      onClick={() => void model.choose(isChosen ? undefined : figure)}
    >
      <span class="label">{label}</span>
      {children}
    </button>
  )
}
