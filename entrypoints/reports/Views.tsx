import { i18n } from '#i18n'
import { unreachable } from '../../shared/assert.ts'
import { SECOND_MS } from '../../shared/time.ts'
import { formatClock, formatCount } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { formatBin, formatHour } from './labels.ts'
import type { ReportsModel } from './model.ts'
import type { Only } from './only.ts'

const VIEWS = ['overview', 'calls'] as const

/** The two ways to look at the range. */
export function Views({ model: { view, doors } }: { readonly model: ReportsModel }) {
  return (
    <nav class="views" aria-label={i18n.t('reports.views.label')}>
      {VIEWS.map((name) => (
        <button
          key={name}
          type="button"
          aria-current={view.value === name ? 'page' : undefined}
          onClick={() => doors.show(name)}
        >
          {i18n.t(`reports.views.${name}`)}
        </button>
      ))}
    </nav>
  )
}

/** Which figure the listed calls are behind, and the way to all of them. */
export function Behind({ model }: { readonly model: ReportsModel }) {
  const only = model.only.value
  if (only === undefined) return null
  return (
    <p class="behind">
      <strong>{i18n.t('reports.only', [nameOnly(only, model)])}</strong>{' '}
      <button type="button" onClick={() => model.doors.show('calls')}>
        {i18n.t('reports.showAll')}
      </button>
    </p>
  )
}

function nameOnly(only: Only, model: ReportsModel): string {
  switch (only.kind) {
    case 'count':
      return nameCount(only, model)
    case 'result':
      return i18n.t(`reports.result.${only.result}`)
    case 'time':
      return [i18n.t(`figure.${only.name}`), nameBetween(only)].filter(Boolean).join(' ')
    case 'hour':
      return nameBoth(formatHour(only.hour, language()), only.of, model)
    case 'number': {
      const top = model.topNumbers.value?.find(({ key }) => key === only.numberKey)
      return nameBoth(top?.latest.name ?? i18n.t('reports.oneNumber'), only.of, model)
    }
    default:
      return unreachable(only)
  }
}

function nameBoth(all: string, part: Only | undefined, model: ReportsModel): string {
  return part === undefined ? all : `${all}, ${nameOnly(part, model)}`
}

function nameCount({ name, limitMs }: Extract<Only, { kind: 'count' }>, { goalMs }: ReportsModel): string {
  return name === 'within'
    ? i18n.t('reports.figure.within', [formatCount((limitMs ?? goalMs.value) / SECOND_MS, language())])
    : i18n.t(`reports.figure.${name}`)
}

function nameBetween({ fromMs, toMs }: { readonly fromMs?: number; readonly toMs?: number | undefined }): string {
  if (fromMs !== undefined) return formatBin({ fromMs, toMs })
  return toMs === undefined ? '' : `≤ ${formatClock(toMs)}`
}
