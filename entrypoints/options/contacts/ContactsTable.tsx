import { i18n } from '#i18n'
import type { Contact } from '../../lib/store/schema.ts'
import { nameNumber } from '../../lib/wording/labels.ts'
import { showNumber } from '../../lib/wording/masking.ts'

/** Enough to see whether names and numbers are where they belong. */
const SHOWN_CONTACTS = 5

/** The first contacts of a file as they would be kept. */
export function ContactsTable({ contacts }: { readonly contacts: readonly Contact[] }) {
  return (
    <table class="first">
      <thead>
        <tr>
          <th scope="col">{i18n.t('contacts.meaning.name')}</th>
          <th scope="col">{i18n.t('contacts.meaning.company')}</th>
          <th scope="col">{i18n.t('contacts.numbers')}</th>
          <th scope="col">{i18n.t('contacts.meaning.tags')}</th>
        </tr>
      </thead>
      <tbody>
        {contacts.slice(0, SHOWN_CONTACTS).map(({ id, name, company, phoneNumbers, tags }) => (
          <tr key={id}>
            <td dir="auto">{name}</td>
            <td dir="auto">{company}</td>
            <td>{phoneNumbers.map((number) => nameNumber(showNumber(number))).join(', ')}</td>
            <td dir="auto">{tags.join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
