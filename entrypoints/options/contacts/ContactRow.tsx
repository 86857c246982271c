import { i18n } from '#i18n'
import type { Contact } from '../../lib/store/schema.ts'
import { nameNumber } from '../../lib/wording/labels.ts'
import { showNumber } from '../../lib/wording/masking.ts'

export interface ContactRowProps {
  readonly contact: Contact
  /** A line of tags with commas between them. */
  readonly onTags: (line: string) => void
  readonly onRemove: () => void
}

/** One contact: who, what they are called at, their tags to be changed. */
export function ContactRow({ contact, onTags, onRemove }: ContactRowProps) {
  const { name, company, phoneNumbers, tags } = contact
  return (
    <li>
      <span class="who">
        <bdi>{name}</bdi>
        <span class="quiet">{[company, ...phoneNumbers.map(formatForReading)].filter(Boolean).join(' · ')}</span>
      </span>
      <input
        value={tags.join(', ')}
        aria-label={i18n.t('contacts.tagsOf', [name])}
        title={i18n.t('contacts.tagsHint')}
        placeholder={i18n.t('known.tags')}
        autocomplete="off"
        onChange={(event) => onTags(event.currentTarget.value)}
      />
      <button type="button" class="link" aria-label={i18n.t('contacts.remove', [name])} onClick={onRemove}>
        {i18n.t('contacts.removeShort')}
      </button>
    </li>
  )
}

function formatForReading(phoneNumber: string): string {
  return nameNumber(showNumber(phoneNumber))
}
