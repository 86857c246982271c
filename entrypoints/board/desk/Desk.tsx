import { i18n } from '#i18n'
import type { BoardPage } from '../page.ts'
import { Numbers } from '../parts/Numbers.tsx'
import { Rules } from '../routing/Rules.tsx'
import { PeopleGrid } from './PeopleGrid.tsx'
import { Queues } from './Queues.tsx'
import { Tools } from './Tools.tsx'
import { useIsNarrow } from './use-is-narrow.ts'

/** Everybody, to work with. */
export function Desk({ page }: { readonly page: BoardPage }) {
  const { model, pane } = page
  const isNarrow = useIsNarrow()
  const isNobody = model.people.ids.value.length === 0
  return (
    <main class="desk">
      <Numbers model={model} pane={pane} />
      <Queues page={page} />
      <Rules page={page} isNarrow={isNarrow} />
      <section class="people" aria-label={i18n.t('board.people')}>
        <Tools model={model} />
        {isNobody ? (
          <p class="quiet none">{i18n.t('board.nobodyFits')}</p>
        ) : (
          <PeopleGrid key={String(isNarrow)} page={page} isNarrow={isNarrow} />
        )}
      </section>
    </main>
  )
}
