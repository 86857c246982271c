import { i18n } from '#i18n'
import { CallDetails } from './CallDetails.tsx'
import { listCallsOf, putMissedFirst } from './call-lists.ts'
import type { PopupModel, TodayFigure } from './model.ts'

/** The last calls, or those behind the figure of today that was chosen. */
export function CallList({ model }: { readonly model: PopupModel }) {
  const person = model.person.value
  const chosen = model.chosen.value
  const last = model.lastCalls.value
  if (person === undefined || last === undefined) return null
  const returned = model.returned.value
  const rows =
    chosen === undefined
      ? putMissedFirst(last, returned, model.withVoicemails.value)
      : listCallsOf(chosen, model.todaysCalls.value)
  return (
    <section>
      <div class="columns">
        <h2>{chosen === undefined ? i18n.t('popup.lastCalls') : nameList(chosen)}</h2>
        {chosen !== undefined && (
          <button type="button" class="link" onClick={() => void model.choose(undefined)}>
            {i18n.t('popup.allCalls')}
          </button>
        )}
        {rows.length > 0 && <Columns />}
      </div>
      {rows.length === 0 && <p class="empty">{i18n.t(chosen === undefined ? 'popup.noCalls' : 'popup.noneToday')}</p>}
      {rows.map((row) => (
        <CallDetails
          key={row.telephonySessionId}
          row={row}
          person={person}
          returned={returned.get(row.telephonySessionId)}
        />
      ))}
    </section>
  )
}

/** Each row repeats them for people who cannot see the columns. */
function Columns() {
  return (
    <span class="times" aria-hidden="true">
      <span>{i18n.t('figure.ring')}</span>
      <span>{i18n.t('figure.talk')}</span>
      <span>{i18n.t('figure.hold')}</span>
    </span>
  )
}

function nameList(figure: TodayFigure): string {
  const name =
    figure === 'ring' || figure === 'talk' || figure === 'hold' ? i18n.t(`figure.${figure}`) : i18n.t(`popup.${figure}`)
  return i18n.t('popup.todaysList', [name])
}
