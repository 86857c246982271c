import type { ComponentChildren } from 'preact'
import { i18n } from '#i18n'
import type { NamedCall } from '../../lib/caller/caller-name.ts'
import { formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { CallsGrid } from './CallsGrid.tsx'
import { DetailPane } from './DetailPane.tsx'
import type { ListModel } from './list-model.ts'

export interface CallsListProps {
  readonly model: ListModel
  /** A call taken apart. */
  readonly renderDetail: (row: NamedCall) => ComponentChildren
  /** What to do with the list, beside the search. */
  readonly children?: ComponentChildren
}

/** The calls one by one, a customer's call a row: searched, sorted, each opened beside the list. Needs list.css, call.css. */
export function CallsList({ model, renderDetail, children }: CallsListProps) {
  const lines = model.lines.value
  const opened = model.opened.value
  return (
    <section class="calls-list">
      <h2>{i18n.t('callList.title')}</h2>
      <div class="calls-tools">
        <label>
          {i18n.t('callList.search')}
          <input
            type="search"
            value={model.query.value}
            placeholder={i18n.t('callList.searchHint')}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => {
              model.query.value = event.currentTarget.value
            }}
          />
        </label>
        <p class="quiet" role="status">
          {lines && nameCount(model)}
        </p>
      </div>
      {lines === undefined ? (
        <p class="quiet">{i18n.t('callList.loading')}</p>
      ) : lines.length === 0 ? (
        <p>{model.query.value.trim() === '' ? i18n.t('callList.none') : i18n.t('callList.noMatch')}</p>
      ) : (
        <CallsGrid model={model} lines={lines} />
      )}
      {children}
      {opened && (
        <DetailPane row={opened} onClose={model.close}>
          {renderDetail(opened)}
        </DetailPane>
      )}
    </section>
  )
}

function nameCount({ count }: ListModel): string {
  const { customerCalls, calls } = count.value
  const format = (amount: number) => formatCount(amount, language())
  const counted = i18n.t('callList.count', customerCalls, [format(customerCalls)])
  return calls === customerCalls ? counted : i18n.t('callList.countOf', [counted, format(calls)])
}
