import { useComputed } from '@preact/signals'
import { i18n } from '#i18n'
import type { BoardModel } from '../model/board-model.ts'
import type { PaneModel } from '../pane/pane-model.ts'
import { Clock } from './Clock.tsx'
import { listTargets, type Target } from './targets.ts'

export interface NumbersProps {
  readonly model: BoardModel
  /** Opens what a number is made of; absent on the wall, where nobody clicks. */
  readonly pane?: PaneModel | undefined
}

/** The six numbers of the account or of the chosen queue, each beside its target. */
export function Numbers({ model, pane }: NumbersProps) {
  const targets = listTargets(model.overview.value, model.settings.value)
  return (
    <ul class="numbers">
      {targets.map((target) => (
        <Tile key={target.figure} target={target} model={model} pane={pane} />
      ))}
    </ul>
  )
}

interface TileProps extends NumbersProps {
  readonly target: Target
}

function Tile({ target, model, pane }: TileProps) {
  const { figure, value, sinceMs } = target
  const content = (
    <>
      <span class="name">{i18n.t(`board.number.${figure}`)}</span>
      <span class="value">
        {value ?? (sinceMs !== undefined && <Clock nowMs={model.feed.nowMs} sinceMs={sinceMs} key={sinceMs} />)}
      </span>
      <span class="target">
        <Verdict target={target} model={model} />
        {target.target}
      </span>
    </>
  )
  return (
    <li class="number" data-name={figure}>
      {pane === undefined ? (
        <div class="tile">{content}</div>
      ) : (
        <button type="button" class="tile" onClick={() => pane.open({ kind: 'overview', figure })}>
          {content}
        </button>
      )}
    </li>
  )
}

/** Whether the target is met, as a shape, a colour and a word. */
function Verdict({ target, model }: Pick<TileProps, 'target' | 'model'>) {
  // Another target is another question.
  return <VerdictMark key={`${target.value} ${target.sinceMs} ${target.target}`} target={target} model={model} />
}

function VerdictMark({ target, model }: Pick<TileProps, 'target' | 'model'>) {
  const verdict = useComputed(() => target.isMet(model.feed.nowMs.value))
  const isMet = verdict.value
  if (isMet === undefined) return null
  return (
    <span class="verdict" data-met={isMet}>
      <span class="unseen">{i18n.t(isMet ? 'board.met' : 'board.notMet')}</span>
    </span>
  )
}
