import { i18n } from '#i18n'
import { CallDetails } from './CallDetails.tsx'
import { listCallsOf } from './call-lists.ts'
import type { OpenPerson, PopupModel, TodayFigure } from './model.ts'

/** The last calls, or those behind the figure of today that was chosen. */
export function CallList({ model, person }: { readonly model: PopupModel; readonly person: OpenPerson }) {
  const chosen = model.chosen.value
  const last = model.lastCalls.value
  if (last === undefined) return null
  const returned = model.returned.value
  const rows = chosen === undefined ? last : listCallsOf(chosen, model.todaysCalls.value)
  return (
    <section>
      <div class="columns">
        <h2>{chosen === undefined ? i18n.t('popup.lastCalls') : nameList(chosen)}</h2>
        {chosen === undefined ? (
          rows.length > 0 && (
            <button type="button" class="link" onClick={model.openAllCalls}>
              {i18n.t('popup.allCalls')}
            </button>
          )
        ) : (
          <button type="button" class="link" onClick={() => void model.choose(undefined)}>
            {i18n.t('popup.lastCalls')}
          </button>
        )}
      </div>
      {rows.length === 0 && <p class="empty">{i18n.t(chosen === undefined ? 'popup.noCalls' : 'popup.noneToday')}</p>}
      {rows.map((row) => (
        <CallDetails
          key={row.telephonySessionId}
          model={model}
          row={row}
          person={person}
          returned={returned.get(row.telephonySessionId)}
          shownTime={isTime(chosen) ? chosen : undefined}
        />
      ))}
    </section>
  )
}

function nameList(figure: TodayFigure): string {
  return i18n.t('popup.todaysList', [isTime(figure) ? i18n.t(`figure.${figure}`) : i18n.t(`popup.${figure}`)])
}

function isTime(figure: TodayFigure | undefined): figure is 'ring' | 'talk' | 'hold' {
  return figure === 'ring' || figure === 'talk' || figure === 'hold'
}
