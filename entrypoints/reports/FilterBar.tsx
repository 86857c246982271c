import { i18n } from '#i18n'
import { type Filters, isFiltered, NO_FILTERS } from './filters.ts'
import type { ReportsModel } from './model.ts'
import { RESULTS } from './result.ts'
import { Select } from './Select.tsx'

export function FilterBar({ model }: { readonly model: ReportsModel }) {
  const { filters, queueNames, tags } = model
  const { direction, result, queueName, who, tag } = filters.value
  const change = (changed: Partial<Filters>) => {
    filters.value = { ...filters.value, ...changed }
  }
  return (
    <search class="filters" aria-label={i18n.t('reports.filters')}>
      <Select
        label={i18n.t('reports.direction')}
        any={i18n.t('reports.anyDirection')}
        value={direction}
        options={[
          { value: 'Inbound', label: i18n.t('direction.Inbound') },
          { value: 'Outbound', label: i18n.t('direction.Outbound') },
        ]}
        onChange={(direction) => change({ direction })}
      />
      <Select
        label={i18n.t('reports.outcome')}
        any={i18n.t('reports.anyOutcome')}
        value={result}
        options={RESULTS.map((value) => ({ value, label: i18n.t(`reports.result.${value}`) }))}
        onChange={(result) => change({ result })}
      />
      {queueNames.value.length > 0 && (
        <Select
          label={i18n.t('reports.queue')}
          any={i18n.t('reports.anyQueue')}
          value={queueName}
          options={queueNames.value.map((value) => ({ value, label: value }))}
          onChange={(queueName) => change({ queueName })}
        />
      )}
      {tags.value.length > 0 && (
        <Select
          label={i18n.t('reports.tag')}
          any={i18n.t('reports.anyTag')}
          value={tag}
          options={tags.value.map((value) => ({ value, label: value }))}
          onChange={(tag) => change({ tag })}
        />
      )}
      <label class="field">
        <span class="name">{i18n.t('reports.who')}</span>
        <input
          type="search"
          value={who}
          autoComplete="off"
          spellcheck={false}
          onInput={({ currentTarget }) => change({ who: currentTarget.value })}
        />
      </label>
      {isFiltered(filters.value) && (
        <button type="button" onClick={() => change(NO_FILTERS)}>
          {i18n.t('reports.clearFilters')}
        </button>
      )}
    </search>
  )
}
