import type { ComponentChildren } from 'preact'
import { i18n } from '#i18n'
import { unreachable } from '../../../shared/assert.ts'
import { language } from '../../lib/wording/labels.ts'
import type { Change } from '../change.ts'
import { Definition } from './Definition.tsx'

export interface TileProps {
  /** The figure's name in the code, whatever its label is. */
  readonly name: string
  readonly term: string
  readonly meaning: string
  readonly value: string
  /** Whether some calls in it have figures that may be off. */
  readonly isEstimate?: boolean
  readonly change: Change | undefined
  /** The same figure of the range before; `undefined` where it cannot be known. */
  readonly before: string | undefined
  readonly children?: ComponentChildren
}

/** One figure with its change since the range before, and its meaning. */
export function Tile({ name, term, meaning, value, isEstimate = false, change, before, children }: TileProps) {
  return (
    <div class="tile" data-name={name}>
      <dt>
        <Definition term={term} meaning={meaning} />
      </dt>
      <dd class="value">
        {isEstimate && (
          <>
            <span aria-hidden="true">≈ </span>
            <span class="unseen">{i18n.t('reports.about')} </span>
          </>
        )}
        <span class="figure">{value}</span>
      </dd>
      <dd class="change quiet">
        {change && <span class="share">{nameChange(change)}</span>}
        {before !== undefined && <span>{i18n.t('reports.before', [before])}</span>}
      </dd>
      {children}
    </div>
  )
}

function nameChange(change: Change): string {
  switch (change.kind) {
    case 'new':
      return i18n.t('reports.change.new')
    case 'same':
      return i18n.t('reports.change.same')
    case 'changed':
      return new Intl.NumberFormat(language(), {
        style: 'percent',
        signDisplay: 'exceptZero',
        maximumFractionDigits: Math.abs(change.share) < 0.1 ? 1 : 0,
      }).format(change.share)
    case 'moved':
      return i18n.t('reports.change.points', [
        new Intl.NumberFormat(language(), { signDisplay: 'exceptZero', maximumFractionDigits: 1 }).format(
          change.points,
        ),
      ])
    default:
      return unreachable(change)
  }
}
