import { i18n } from '#i18n'
import type { CallRow } from '../../lib/store/schema.ts'
import { nameState } from '../../lib/wording/labels.ts'

/** How a call came out. Among others of all kinds one that ended was answered. */
export function nameOutcome(row: Pick<CallRow, 'direction' | 'phase' | 'outcome' | 'isOutcomeLikely'>): string {
  return row.outcome === 'answered' ? i18n.t('callList.answered') : nameState(row)
}
