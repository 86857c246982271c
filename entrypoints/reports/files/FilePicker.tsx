import { i18n } from '#i18n'
import { formatShare } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import type { FileModel } from './file-model.ts'
import { Problems } from './Problems.tsx'
import { useFileDrop } from './use-file-drop.ts'

/** The way in for a file of events: chosen, or dropped on the page. */
export function FilePicker({ model }: { readonly model: FileModel }) {
  const isOver = useFileDrop(model.open)
  const step = model.step.value
  return (
    <section class="file-picker" data-over={isOver} aria-label={i18n.t('files.title')}>
      <h2>{i18n.t('files.title')}</h2>
      <p class="quiet">{isOver ? i18n.t('files.drop') : i18n.t('files.lead')}</p>
      <label>
        {i18n.t('files.choose')}
        <input
          type="file"
          accept=".jsonl,.ndjson,.json,.txt,application/x-ndjson,application/json,text/plain"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0]
            // The same file may be chosen again, changed meanwhile.
            currentTarget.value = ''
            if (file !== undefined) void model.open(file)
          }}
        />
      </label>
      {step.kind === 'reading' && step.share !== undefined && (
        <label>
          {i18n.t('files.reading', [step.name, formatShare(step.share, language())])}
          <progress value={step.share} />
        </label>
      )}
      <p class="problem" role="status">
        {step.kind === 'failed' && i18n.t(`files.${step.because}`, [step.name])}
      </p>
      {step.kind === 'failed' && step.because === 'empty' && <Problems problems={step.problems} />}
    </section>
  )
}
