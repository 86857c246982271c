import type { ComponentChildren } from 'preact'
import { i18n } from '#i18n'
import { unreachable } from '../../../shared/assert.ts'
import { language } from '../../lib/wording/labels.ts'
import { type Change, judge, type Wish } from '../change.ts'
import { DoorButton } from '../DoorButton.tsx'
import type { Door, Doors } from '../doors.ts'
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
  /** Whether more of it is better, or less; `undefined`: neither. */
  readonly wish?: Wish | undefined
  /** The same figure of the range before; `undefined` where it cannot be known, or where there were no calls. */
  readonly before: string | undefined
  readonly doors: Doors
  /** To the calls behind it, and behind what it was before; absent where there are none. */
  readonly door?: Door | undefined
  readonly doorBefore?: Door | undefined
  readonly children?: ComponentChildren
}

/** One figure, which opens its calls, with its change since the range before, and its meaning. */
export function Tile(props: TileProps) {
  const { name, term, meaning, value, isEstimate = false, change, wish, before, children } = props
  const { doors, door, doorBefore } = props
  const figure = (
    <>
      {isEstimate && (
        <>
          <span aria-hidden="true">≈ </span>
          <span class="unseen">{i18n.t('reports.about')} </span>
        </>
      )}
      <span class="figure">{value}</span>
    </>
  )
  return (
    <div class="tile" data-name={name}>
      <dt>
        <Definition term={term} meaning={meaning} />
      </dt>
      <dd class="value">
        <DoorButton doors={doors} to={door} title={i18n.t('reports.open', [term])}>
          {figure}
          {door && <span class="unseen"> {i18n.t('reports.open', [term])}</span>}
        </DoorButton>
      </dd>
      {before !== undefined && (
        <dd class="change quiet">
          {change && <Since change={change} wish={wish} />}
          <DoorButton doors={doors} to={doorBefore}>
            {i18n.t('reports.before', [before])}
            {doorBefore && <span class="unseen"> {i18n.t('reports.open', [term])}</span>}
          </DoorButton>
        </dd>
      )}
      {children}
    </div>
  )
}

/** How it has changed: by how much, whether that is better in a word, and an arrow of its own colour. */
function Since({ change, wish }: { readonly change: Change; readonly wish: Wish | undefined }) {
  const name = nameChange(change)
  if (name === undefined) return null
  const judged = judge(change, wish)
  return (
    <span class="share" data-judged={judged}>
      {name}
      {judged !== undefined && ` ${i18n.t(`reports.change.${judged}`)}`}
    </span>
  )
}

/** Beyond this a share says nothing more than the two figures do. */
const MOST_SHARE = 3

function nameChange(change: Change): string | undefined {
  switch (change.kind) {
    case 'new':
      return undefined
    case 'same':
      return i18n.t('reports.change.same')
    case 'changed':
      if (change.share > MOST_SHARE) return undefined
      return `${change.share > 0 ? '▲' : '▼'} ${new Intl.NumberFormat(language(), {
        style: 'percent',
        maximumFractionDigits: Math.abs(change.share) < 0.1 ? 1 : 0,
      }).format(Math.abs(change.share))}`
    case 'moved':
      return `${change.points > 0 ? '▲' : '▼'} ${i18n.t('reports.change.points', [
        new Intl.NumberFormat(language(), { maximumFractionDigits: 1 }).format(Math.abs(change.points)),
      ])}`
    default:
      return unreachable(change)
  }
}
