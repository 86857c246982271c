import { i18n } from '#i18n'
import { language } from '../lib/words.ts'
import { Charts } from './charts/Charts.tsx'
import { FilterBar } from './FilterBar.tsx'
import { isFiltered, NO_FILTERS } from './filters.ts'
import { formatDays } from './labels.ts'
import type { ReportsModel } from './model.ts'
import { RangePicker } from './RangePicker.tsx'
import { Reading } from './Reading.tsx'
import { Tiles } from './tiles/Tiles.tsx'
import { TopTable } from './TopTable.tsx'

export function Reports({ model }: { readonly model: ReportsModel }) {
  const { status } = model
  if (status.value === undefined) return null
  return (
    <main class="reports">
      <header class="head">
        <h1>{i18n.t('reports.title')}</h1>
        <a class="quiet" href="/options.html">
          {i18n.t('reports.settings')}
        </a>
      </header>
      {status.value.user === undefined ? <p class="empty">{i18n.t('reports.signedOut')}</p> : <Report model={model} />}
    </main>
  )
}

function Report({ model }: { readonly model: ReportsModel }) {
  return (
    <>
      <div class="choices">
        <RangePicker model={model} />
        <FilterBar model={model} />
      </div>
      <Period model={model} />
      <Reading model={model} />
      <Figures model={model} />
    </>
  )
}

/** Which days these are, in words: the fields above are not printed. */
function Period({ model }: { readonly model: ReportsModel }) {
  const { now, before } = model.shownSpans.value
  return (
    <p class="period">
      <strong>{formatDays(now, language())}</strong>{' '}
      <span class="quiet">{i18n.t('reports.comparedWith', [formatDays(before, language())])}</span>
    </p>
  )
}

function Figures({ model }: { readonly model: ReportsModel }) {
  const figures = model.figures.value
  if (figures === undefined) return null
  if (figures.now.tally.calls === 0) return <NoCalls model={model} />
  return (
    <>
      <Tiles model={model} figures={figures} />
      <Charts model={model} figures={figures.now} />
      <div class="tops">
        <TopTable kind="numbers" tops={model.topNumbers.value} />
        <TopTable kind="queues" tops={model.topQueues.value} />
      </div>
    </>
  )
}

function NoCalls({ model: { filters } }: { readonly model: ReportsModel }) {
  if (!isFiltered(filters.value)) return <p class="empty">{i18n.t('reports.noCalls')}</p>
  return (
    <div class="empty">
      <p>{i18n.t('reports.noneFits')}</p>
      <button
        type="button"
        onClick={() => {
          filters.value = NO_FILTERS
        }}
      >
        {i18n.t('reports.clearFilters')}
      </button>
    </div>
  )
}
