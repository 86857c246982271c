import { i18n } from '#i18n'
import type { Tally } from '../../../shared/metrics/tally.ts'
import { selectAnsweredWithin } from '../../../shared/metrics/tally-within.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { language } from '../../lib/wording/labels.ts'
import { compareShares } from '../change.ts'
import { formatCount, formatShare } from '../labels.ts'
import type { Compared, ReportsModel } from '../model.ts'
import { GoalField } from './GoalField.tsx'
import { Tile } from './Tile.tsx'

interface WithinTileProps {
  readonly model: ReportsModel
  readonly tallies: Compared<Tally>
}

/** How many calls were answered in time, and the field that says what in time is. */
export function WithinTile({ model, tallies }: WithinTileProps) {
  const goalMs = model.goalMs.value
  const now = selectAnsweredWithin(tallies.now, goalMs)
  const before = selectAnsweredWithin(tallies.before, goalMs)
  const { offered } = tallies.now
  return (
    <Tile
      name="within"
      term={i18n.t('reports.figure.within', [formatCount(goalMs / SECOND_MS, language())])}
      meaning={i18n.t('reports.means.within')}
      value={now.shareOfOffered === undefined ? '–' : formatShare(now.shareOfOffered, language())}
      wish="more"
      {...(now.count > 0 ? { onOpen: () => model.doors.open({ only: { kind: 'count', name: 'within' } }) } : {})}
      change={compareShares(now.shareOfOffered, before.shareOfOffered)}
      before={before.shareOfOffered === undefined ? undefined : formatShare(before.shareOfOffered, language())}
    >
      <dd>
        <p class="quiet of">
          {i18n.t('reports.countOf', [formatCount(now.count, language()), formatCount(offered, language())])}
        </p>
        <GoalField model={model} />
      </dd>
    </Tile>
  )
}
