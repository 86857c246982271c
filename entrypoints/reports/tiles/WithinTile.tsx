import { i18n } from '#i18n'
import type { Tally } from '../../../shared/metrics/tally.ts'
import { selectAnsweredWithin } from '../../../shared/metrics/tally-within.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { fillSentence } from '../../ui/fill-sentence.ts'
import { compareShares } from '../change.ts'
import { DoorButton } from '../DoorButton.tsx'
import { doorsOf, doorTo } from '../doors.ts'
import { formatShare } from '../labels.ts'
import type { Compared, ReportsModel } from '../model.ts'
import type { Only } from '../only.ts'
import { GoalField } from './GoalField.tsx'
import { Tile } from './Tile.tsx'

interface WithinTileProps {
  readonly model: ReportsModel
  readonly tallies: Compared<Tally>
}

const WITHIN = { kind: 'count', name: 'within' } as const satisfies Only

/** How many calls were answered in time, and the field that says what in time is. */
export function WithinTile({ model, tallies }: WithinTileProps) {
  const goalMs = model.goalMs.value
  const now = selectAnsweredWithin(tallies.now, goalMs)
  const before = selectAnsweredWithin(tallies.before, goalMs)
  const { offered } = tallies.now
  const { doors } = model
  const counts = { now: now.count, before: before.count }
  const { door, doorBefore } = doorsOf(WITHIN, counts, model.shownSpans.value.before)
  return (
    <Tile
      name="within"
      term={i18n.t('reports.figure.within', [formatCount(goalMs / SECOND_MS, language())])}
      meaning={i18n.t('reports.means.within')}
      value={now.shareOfOffered === undefined ? '–' : formatShare(now.shareOfOffered, language())}
      wish="more"
      doors={doors}
      door={door}
      doorBefore={doorBefore}
      change={compareShares(now.shareOfOffered, before.shareOfOffered)}
      before={before.shareOfOffered === undefined ? undefined : formatShare(before.shareOfOffered, language())}
    >
      <dd>
        <p class="quiet of">
          {fillSentence(
            (count = '', all = '') => i18n.t('reports.countOf', [count, all]),
            [
              <DoorButton key="within" doors={doors} to={door}>
                {formatCount(now.count, language())}
              </DoorButton>,
              <DoorButton
                key="offered"
                doors={doors}
                to={offered > 0 ? doorTo({ kind: 'count', name: 'offered' }) : undefined}
              >
                {formatCount(offered, language())}
              </DoorButton>,
            ],
          )}
        </p>
        <GoalField model={model} />
      </dd>
    </Tile>
  )
}
