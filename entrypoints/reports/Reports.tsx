import { i18n } from '#i18n'
import { language } from '../lib/wording/labels.ts'
import { CrmLink } from '../ui/crm/CrmLink.tsx'
import { Connection, Gap } from './Connection.tsx'
import { Charts } from './charts/Charts.tsx'
import { FilterBar } from './FilterBar.tsx'
import { FilePicker } from './files/FilePicker.tsx'
import type { FileModel } from './files/file-model.ts'
import { OpenFile } from './files/OpenFile.tsx'
import { isFiltered, NO_FILTERS } from './filters.ts'
import { formatDays } from './labels.ts'
import { OwnCalls } from './list/OwnCalls.tsx'
import type { OwnCallsModel } from './list/own-calls-model.ts'
import type { ReportsModel } from './model.ts'
import { RangePicker } from './RangePicker.tsx'
import { Reading } from './Reading.tsx'
import { Summary } from './Summary.tsx'
import { TopTable } from './TopTable.tsx'
import { Tiles } from './tiles/Tiles.tsx'
import { Behind, Views } from './Views.tsx'
import { WeekTable } from './WeekTable.tsx'

export interface ReportsProps {
  readonly model: ReportsModel
  readonly calls: OwnCallsModel
  /** A file of somebody's events: while one is open it is shown instead. */
  readonly file: FileModel
}

export function Reports({ model, calls, file }: ReportsProps) {
  const { user, status } = model
  if (user.value === undefined) return null
  return (
    <main class="reports">
      <header class="head">
        <h1>{i18n.t('reports.title')}</h1>
        {status.value && <Connection connection={status.value.connection} />}
        <CrmLink />
        <a class="quiet" href="/options.html">
          {i18n.t('reports.settings')}
        </a>
      </header>
      {file.step.value.kind === 'open' ? (
        <OpenFile model={file} />
      ) : (
        <>
          {user.value === null ? (
            <p class="empty">{i18n.t('reports.signedOut')}</p>
          ) : (
            <Report model={model} calls={calls} />
          )}
          <FilePicker model={file} />
        </>
      )}
    </main>
  )
}

function Report({ model, calls }: Omit<ReportsProps, 'file'>) {
  return (
    <>
      <div class="choices">
        <Views model={model} />
        <RangePicker model={model} />
        <FilterBar model={model} />
      </div>
      <Gap gapNoticedMs={model.status.value?.gapNoticedMs} fromMs={model.shownSpans.value.now.fromMs} />
      <Reading model={model} />
      <Figures model={model} calls={calls} />
    </>
  )
}

/** Which days these are, in words: the fields above are not printed. They are compared where there was something before. */
function Period({ model, isCompared }: { readonly model: ReportsModel; readonly isCompared: boolean }) {
  const { now, before } = model.shownSpans.value
  return (
    <p class="period">
      <strong>{formatDays(now, language())}</strong>{' '}
      {isCompared && <span class="quiet">{i18n.t('reports.comparedWith', [formatDays(before, language())])}</span>}
    </p>
  )
}

function Figures({ model, calls }: Omit<ReportsProps, 'file'>) {
  const figures = model.figures.value
  if (figures === undefined) return null
  if (figures.now.tally.calls === 0)
    return (
      <>
        <Period model={model} isCompared={false} />
        <NoCalls model={model} />
      </>
    )
  return (
    <>
      <Summary model={model} figures={figures} />
      <Period model={model} isCompared={figures.before.tally.calls > 0} />
      {model.view.value === 'calls' ? (
        <>
          <Behind model={model} />
          <OwnCalls reports={model} model={calls} />
        </>
      ) : (
        <>
          <WeekTable model={model} figures={figures.now} />
          <Tiles model={model} figures={figures} />
          <Charts model={model} figures={figures.now} />
          <div class="tops">
            <TopTable doors={model.doors} kind="numbers" tops={model.topNumbers.value} />
            <TopTable doors={model.doors} kind="queues" tops={model.topQueues.value} />
          </div>
        </>
      )}
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
