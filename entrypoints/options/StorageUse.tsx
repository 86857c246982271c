import { i18n } from '#i18n'
import { language } from '../lib/wording/labels.ts'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import type { StorageUseModel } from './storage-use-model.ts'

/** How full the browser's storage is, and what was deleted because of that. */
export function StorageUse({ model }: { readonly model: StorageUseModel }) {
  const usedBytes = model.usedBytes.value
  const goneMs = model.eventsGoneBeforeMs.value
  return (
    <div class="part">
      <h3>{i18n.t('privacy.storage')}</h3>
      {usedBytes !== undefined && <p>{i18n.t('privacy.used', [formatBytes(usedBytes)])}</p>}
      {model.isScarce.value && <p class="problem">{i18n.t('privacy.scarce')}</p>}
      {goneMs !== undefined && <p>{i18n.t('privacy.eventsGone', [formatDay(goneMs)])}</p>}
      {model.isPersistent.value !== undefined && (
        <p class="quiet">{i18n.t(model.isPersistent.value ? 'privacy.persistent' : 'privacy.notPersistent')}</p>
      )}
      {model.isPersistent.value === false && (
        <button type="button" onClick={() => void model.persist()}>
          {i18n.t('privacy.persist')}
        </button>
      )}
      <FeedbackLine feedback={model.feedback.value} />
    </div>
  )
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** In the largest unit that gives at least 1. */
function formatBytes(bytes: number): string {
  const power = Math.max(0, Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  return new Intl.NumberFormat(language(), {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** power)
}

function formatDay(ms: number): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'long' }).format(ms)
}
