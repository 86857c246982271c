import { useEffect, useRef, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { FeedbackLine } from '../../ui/setup/FeedbackLine.tsx'
import { ContactRow } from './ContactRow.tsx'
import { ContactsImport } from './ContactsImport.tsx'
import { type ContactsModel, SHOWN_CONTACTS } from './contacts-model.ts'

/** The person's own contacts: brought from a file, looked through, tagged, removed. */
export function Contacts({ model }: { readonly model: ContactsModel }) {
  const isSignedIn = model.isSignedIn.value
  return (
    <section class="contacts">
      <h2>{i18n.t('contacts.title')}</h2>
      <p class="quiet">{i18n.t('contacts.lead')}</p>
      {isSignedIn === false && <p>{i18n.t('contacts.signedOut')}</p>}
      {isSignedIn && (
        <>
          <Count count={model.count.value} />
          <ContactsImport model={model.bringing} />
          <FeedbackLine feedback={model.feedback.value} />
          <ContactsList model={model} />
        </>
      )}
    </section>
  )
}

function Count({ count }: { readonly count: number | undefined }) {
  if (count === undefined) return null
  return (
    <p>{count === 0 ? i18n.t('contacts.none') : i18n.t('contacts.count', count, [formatCount(count, language())])}</p>
  )
}

function ContactsList({ model }: { readonly model: ContactsModel }) {
  const count = model.count.value ?? 0
  const { contacts, hasMore } = model.found.value
  if (count === 0) return null
  return (
    <>
      <label>
        {i18n.t('contacts.search')}
        <input
          type="search"
          value={model.query.value}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => model.search(event.currentTarget.value)}
        />
      </label>
      {contacts.length === 0 && <p>{i18n.t('contacts.noMatch')}</p>}
      <ul class="list">
        {contacts.map((contact) => (
          <ContactRow
            key={contact.id}
            contact={contact}
            onTags={(line) => void model.setTags(contact, line)}
            onRemove={() => void model.remove(contact)}
          />
        ))}
      </ul>
      {hasMore && <p class="quiet">{i18n.t('contacts.moreMatches', [formatCount(SHOWN_CONTACTS, language())])}</p>}
      <RemoveAll count={count} onRemoveAll={() => void model.removeAll()} />
    </>
  )
}

/** Asks first: only the file could bring them back. */
function RemoveAll({ count, onRemoveAll }: { readonly count: number; readonly onRemoveAll: () => void }) {
  const [isAsking, setAsking] = useState(false)
  const no = useRef<HTMLButtonElement>(null)
  // The focus goes to the answer that loses nothing.
  useEffect(() => {
    if (isAsking) no.current?.focus()
  }, [isAsking])
  if (!isAsking) {
    return (
      <button type="button" class="danger" onClick={() => setAsking(true)}>
        {i18n.t('contacts.removeAll')}
      </button>
    )
  }
  const answer = (isYes: boolean) => () => {
    setAsking(false)
    if (isYes) onRemoveAll()
  }
  return (
    <div class="ask">
      <p>{i18n.t('contacts.removeAllAsk', [formatCount(count, language())])}</p>
      <button type="button" class="danger" onClick={answer(true)}>
        {i18n.t('contacts.removeAllYes')}
      </button>
      <button type="button" ref={no} onClick={answer(false)}>
        {i18n.t('contacts.removeAllNo')}
      </button>
    </div>
  )
}
