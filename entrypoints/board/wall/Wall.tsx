import { i18n } from '#i18n'
import type { BoardModel } from '../model/board-model.ts'
import { Numbers } from '../parts/Numbers.tsx'

/** Six numbers for people at the other end of the room: nothing to click, nothing that moves. */
export function Wall({ model }: { readonly model: BoardModel }) {
  const { queueId } = model.shown.value
  return (
    <main class="wall" aria-label={i18n.t('board.wall')}>
      <h2>{queueId === undefined ? i18n.t('board.allQueues') : model.names.value.queue(queueId)}</h2>
      <Numbers model={model} />
    </main>
  )
}
