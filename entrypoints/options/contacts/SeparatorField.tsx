import { i18n } from '#i18n'
import { SEPARATORS } from './import/separators.ts'

export interface SeparatorFieldProps {
  readonly separator: string
  readonly onSeparator: (separator: string) => void
}

/** What separates the cells of a table: guessed, and set right here when the columns look wrong. */
export function SeparatorField({ separator, onSeparator }: SeparatorFieldProps) {
  // A file may name a sign of its own.
  const signs = [...new Set<string>([...SEPARATORS, separator])]
  return (
    <label class="separator">
      {i18n.t('contacts.separator')}
      <select value={separator} onChange={({ currentTarget }) => onSeparator(currentTarget.value)}>
        {signs.map((sign) => (
          <option key={sign} value={sign}>
            {nameSeparator(sign)}
          </option>
        ))}
      </select>
    </label>
  )
}

function nameSeparator(sign: string): string {
  switch (sign) {
    case ',':
      return i18n.t('contacts.separators.comma')
    case ';':
      return i18n.t('contacts.separators.semicolon')
    case '\t':
      return i18n.t('contacts.separators.tab')
    case '|':
      return i18n.t('contacts.separators.bar')
    default:
      return sign
  }
}
