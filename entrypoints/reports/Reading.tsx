import { i18n } from '#i18n'
import type { ReportsModel } from './model.ts'

/** Progress of reading the calls; invisible until it takes noticeably long. */
export function Reading({ model }: { readonly model: ReportsModel }) {
  const progress = model.progress.value
  if (progress === undefined) return null
  return (
    <p class="reading">
      <progress value={progress} aria-label={i18n.t('reports.reading')} />
      <span class="quiet" aria-hidden="true">
        {i18n.t('reports.reading')}
      </span>
    </p>
  )
}
