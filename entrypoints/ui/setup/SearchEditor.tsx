import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { TERMS } from '../../lib/crm/template.ts'
import { draftOf, EXAMPLE, previewSearch, type SiteDraft } from './crm-draft.ts'
import { FeedbackLine } from './FeedbackLine.tsx'
import type { Feedback } from './feedback.ts'
import type { SitesModel } from './sites-model.ts'

export interface SearchEditorProps {
  readonly name: string
  /** A page of the site, or its match pattern. */
  readonly address: string
  readonly model: SitesModel
}

/** Fields to change how a site is searched and what its record addresses look like. */
export function SearchEditor({ name, address, model }: SearchEditorProps) {
  const [typed, setTyped] = useState<Partial<SiteDraft>>({})
  const [feedback, setFeedback] = useState<Feedback>()
  const draft = { ...draftOf(address, model.edits.value), ...typed }
  const isEdited = model.edits.value[draft.key] !== undefined
  const preview = previewSearch(draft)
  const placeholders = ['origin', ...TERMS, ...draft.pageValues].map((placeholder) => `{${placeholder}}`).join(' ')
  const finish = (result: Feedback) => {
    setFeedback(result)
    if (result.kind === 'done') setTyped({})
  }
  return (
    <details>
      <summary aria-label={i18n.t('sites.editSearchOf', [name])}>{i18n.t('sites.editSearch')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void model.save(draft).then(finish)
        }}
      >
        <Field
          label={i18n.t('sites.search')}
          value={draft.search}
          placeholder="{origin}/search?q={digits}"
          onInput={(search) => setTyped({ ...typed, search })}
        />
        <p class="quiet">{i18n.t('sites.placeholders', [placeholders])}</p>
        <p class="preview">
          {preview === undefined ? i18n.t('sites.noPreview') : i18n.t('sites.preview', [EXAMPLE.national, preview])}
        </p>
        <Field
          label={i18n.t('sites.record')}
          value={draft.record}
          placeholder="/contacts/{id}"
          onInput={(record) => setTyped({ ...typed, record })}
        />
        <p class="quiet">{i18n.t('sites.recordLead', ['{id}'])}</p>
        <div class="choices">
          <button type="submit">{i18n.t('sites.save')}</button>
          <button type="button" disabled={!isEdited} onClick={() => void model.putBack(draft.key).then(finish)}>
            {i18n.t('sites.putBack')}
          </button>
        </div>
      </form>
      <FeedbackLine feedback={feedback} />
    </details>
  )
}

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly placeholder: string
  readonly onInput: (value: string) => void
}

function Field({ label, value, placeholder, onInput }: FieldProps) {
  return (
    <label>
      {label}
      <input
        value={value}
        placeholder={placeholder}
        spellcheck={false}
        autocomplete="off"
        dir="ltr"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  )
}
