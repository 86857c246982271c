import { i18n } from '#i18n'
import { formatCount, formatShare } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { FeedbackLine } from '../../ui/setup/FeedbackLine.tsx'
import { ContactsPreview } from './ContactsPreview.tsx'
import type { ImportModel, ImportStep } from './import-model.ts'

/** The way in for a file of contacts: choose it, look at what it would do, keep it. */
export function ContactsImport({ model }: { readonly model: ImportModel }) {
  const step = model.step.value
  return (
    <div class="import">
      <label>
        {i18n.t('contacts.file')}
        <input
          type="file"
          accept=".csv,.tsv,.txt,.vcf,.vcard,text/csv,text/vcard"
          disabled={step.kind === 'keeping'}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0]
            // The same file may be chosen again, changed meanwhile.
            currentTarget.value = ''
            if (file !== undefined) void model.choose(file)
          }}
        />
      </label>
      <Progress step={step} />
      {step.kind === 'preview' && <ContactsPreview preview={step} model={model} />}
      <FeedbackLine feedback={model.feedback.value} />
    </div>
  )
}

/** Shown only when it takes noticeably long. */
function Progress({ step }: { readonly step: ImportStep }) {
  if (step.kind === 'reading' && step.share !== undefined) {
    const share = formatShare(step.share, language())
    return (
      <label>
        {i18n.t('contacts.readingShare', [step.fileName, share])}
        <progress value={step.share} />
      </label>
    )
  }
  if (step.kind !== 'keeping') return null
  const [done, all] = [step.doneCount, step.count].map((count) => formatCount(count, language()))
  return (
    <label>
      {i18n.t('contacts.keeping', [done ?? '', all ?? ''])}
      <progress value={step.doneCount} max={step.count} />
    </label>
  )
}
