import { Fragment } from 'preact'
import { i18n } from '#i18n'
import { measureDistribution } from '../../shared/metrics/distribution.ts'
import { formatClock, formatCount, formatShare } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { compareAmounts } from './change.ts'
import { DoorButton } from './DoorButton.tsx'
import { doorTo } from './doors.ts'
import type { SpanFigures } from './figures.ts'

import type { Compared, ReportsModel } from './model.ts'
import type { Only } from './only.ts'

interface Fact {
  readonly text: string
  readonly only: Only | undefined
}

/** What the range comes to, in one sentence of which every part opens its calls. */
export function Summary({ model, figures }: { readonly model: ReportsModel; readonly figures: Compared<SpanFigures> }) {
  const { kind } = model.range.value
  const facts = listFacts(model, figures)
  return (
    <p class="summary">
      {/* The days of a range of one's own stand below. */}
      {kind !== 'own' && <strong>{i18n.t(`reports.spanOf.${kind}`)}: </strong>}
      {facts.map(({ text, only }, index) => (
        <Fragment key={text}>
          <span>
            <DoorButton doors={model.doors} to={doorTo(only)} looks="link">
              {text}
            </DoorButton>
            {index < facts.length - 1 ? ',' : '.'}
          </span>
          {/* Outside, where the line may break. */ ' '}
        </Fragment>
      ))}
    </p>
  )
}

function listFacts(model: ReportsModel, { now, before }: Compared<SpanFigures>): readonly Fact[] {
  const { calls, answered, missed, distributions } = now.tally
  const heldMs = measureDistribution(distributions.hold).sumMs
  const talkedMs = measureDistribution(distributions.talk).sumMs
  const waiting = model.callFigures.value?.now.notReturned ?? 0
  const heldBeforeMs = before.tally.calls === 0 ? undefined : measureDistribution(before.tally.distributions.hold).sumMs
  const format = (count: number) => formatCount(count, language())
  const facts: readonly (Fact | false)[] = [
    { text: i18n.t('reports.fact.calls', calls, [format(calls)]), only: undefined },
    answered > 0 && { text: i18n.t('reports.fact.answered', [format(answered)]), only: countOf('answered') },
    missed > 0 && { text: i18n.t('reports.fact.missed', [format(missed)]), only: countOf('missed') },
    talkedMs > 0 && {
      text: i18n.t('reports.fact.talk', [formatClock(talkedMs)]),
      only: { kind: 'time', name: 'talk' },
    },
    heldMs > 0 && { text: nameHold(heldMs, heldBeforeMs), only: { kind: 'time', name: 'hold' } },
    waiting > 0 && { text: i18n.t('reports.fact.notReturned', [format(waiting)]), only: countOf('notReturned') },
  ]
  return facts.filter((fact) => fact !== false)
}

function countOf(name: 'answered' | 'missed' | 'notReturned'): Only {
  return { kind: 'count', name }
}

/** With how much more or less that was than before. */
function nameHold(ms: number, beforeMs: number | undefined): string {
  const change = beforeMs === undefined ? undefined : compareAmounts(ms, beforeMs)
  const held = i18n.t('reports.fact.hold', [formatClock(ms)])
  if (change?.kind !== 'changed' || change.share > 3) return held
  const share = formatShare(Math.abs(change.share), language())
  return `${held} (${i18n.t(change.share > 0 ? 'reports.fact.more' : 'reports.fact.less', [share])})`
}
