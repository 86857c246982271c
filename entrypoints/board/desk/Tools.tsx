import { useEffect, useRef, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { STATE_FILTERS } from '../model/address.ts'
import type { BoardModel } from '../model/board-model.ts'

/** Who is looked at, and whether the table stands still. */
export function Tools({ model }: { readonly model: BoardModel }) {
  const { queueId, state } = model.shown.value
  const names = model.names.value
  return (
    <div class="tools">
      <label class="field">
        <span class="name">{i18n.t('board.search')}</span>
        <input
          type="search"
          value={model.query.value}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => {
            model.query.value = event.currentTarget.value
          }}
        />
      </label>
      <label class="field">
        <span class="name">{i18n.t('board.queue')}</span>
        <select
          value={queueId ?? ''}
          onChange={({ currentTarget }) => model.show({ queueId: currentTarget.value || undefined })}
        >
          <option value="">{i18n.t('board.allQueues')}</option>
          {model.queueIds.value.map((id) => (
            <option key={id} value={id}>
              {names.queue(id)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span class="name">{i18n.t('board.column.state')}</span>
        <select
          value={state ?? ''}
          onChange={({ currentTarget }) =>
            model.show({ state: STATE_FILTERS.find((one) => one === currentTarget.value) })
          }
        >
          <option value="">{i18n.t('board.everybody')}</option>
          {STATE_FILTERS.map((one) => (
            <option key={one} value={one}>
              {one === 'busy' ? i18n.t('board.busy') : i18n.t(`board.state.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <Pause model={model} />
      <Count model={model} />
    </div>
  )
}

/** How many are shown. It is said when one looks for others: those who come and go by themselves would never let it be quiet. */
function Count({ model }: { readonly model: BoardModel }) {
  const text = nameCount(model)
  const { queueId, state } = model.shown.value
  const wanted = JSON.stringify([model.query.value, queueId, state])
  const saidOf = useRef(wanted)
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (saidOf.current !== wanted) setSaid(text)
    saidOf.current = wanted
  }, [wanted])
  return (
    <p class="quiet count">
      {text}
      <span class="unseen" role="status">
        {said === text && said}
      </span>
    </p>
  )
}

function Pause({ model }: { readonly model: BoardModel }) {
  const changes = model.people.pausedChanges.value
  const isPaused = changes !== undefined
  return (
    <div class="pause">
      <button
        type="button"
        aria-pressed={isPaused}
        title={i18n.t('board.pauseMeaning')}
        onClick={() => model.people.setPaused(!isPaused)}
      >
        {i18n.t(isPaused ? 'board.resume' : 'board.pause')}
      </button>
      {isPaused && <span class="quiet">{i18n.t('board.pausedChanges', changes)}</span>}
    </div>
  )
}

function nameCount({ people, watchedCount }: BoardModel): string {
  const format = (count: number) => formatCount(count, language())
  const [shown, all] = [people.ids.value.length, watchedCount.value]
  return shown === all
    ? i18n.t('board.count', all, [format(all)])
    : i18n.t('board.countOf', [format(shown), format(all)])
}
