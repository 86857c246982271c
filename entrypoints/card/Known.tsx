import { i18n } from '#i18n'
import type { EarlierCall, KnownCaller } from '../lib/caller/known-caller.ts'
import type { CardCall } from '../lib/contract/card-call.ts'
import { formatClock } from '../lib/wording/format.ts'
import { language, nameState } from '../lib/wording/labels.ts'
import { formatEarlier } from './format-earlier.ts'

/** What this browser knows about the other side: their contact entry, how often they called, the last note. */
export function Known({ call: { name, known } }: { readonly call: CardCall }) {
  if (known === undefined || !hasNews(known)) return null
  const { contact, lastNote, tags } = known
  return (
    <div class="known">
      {contact !== undefined && <Contact contact={contact} name={name} />}
      <Calls known={known} />
      {lastNote !== undefined && (
        <p class="last-note" dir="auto" title={lastNote.text}>
          {i18n.t('known.quote', [lastNote.text])}
        </p>
      )}
      {tags.length > 0 && (
        <ul class="tags" aria-label={i18n.t('known.tags')}>
          {tags.map((tag) => (
            <li key={tag} class="tag" dir="auto">
              {tag}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** A first-time caller without a contact entry has nothing to show. */
function hasNews({ contact, callsThisWeek, lastCall, lastNote, tags }: KnownCaller): boolean {
  return (
    contact !== undefined || callsThisWeek > 1 || lastCall !== undefined || lastNote !== undefined || tags.length > 0
  )
}

interface ContactProps {
  readonly contact: NonNullable<KnownCaller['contact']>
  /** The name in the card's heading. */
  readonly name: string | undefined
}

/** The contact's own name is shown only where the heading has a different one. */
function Contact({ contact, name }: ContactProps) {
  const company = contact.company !== undefined && <bdi>{contact.company}</bdi>
  if (contact.name === name) return company && <p class="company">{company}</p>
  return (
    <p class="company">
      {i18n.t('known.contact', [isolate(contact.name)])}
      {company && <> · {company}</>}
    </p>
  )
}

/** Isolated, so that a right-to-left name does not reorder the words around it. */
function isolate(name: string): string {
  return `\u2068${name}\u2069`
}

function Calls({ known: { callsThisWeek, lastCall } }: { readonly known: KnownCaller }) {
  if (lastCall === undefined) return null
  return (
    <p>
      {callsThisWeek > 1 && (
        <>
          <span title={i18n.t('known.weekMeaning')}>{i18n.t('known.callsThisWeek', callsThisWeek)}</span>
          {' · '}
        </>
      )}
      {describeLast(lastCall)}
    </p>
  )
}

/** When the last call was and what came of it: the talk time says more than that it was answered. */
function describeLast({ direction, outcome, startedMs, talkMs }: EarlierCall): string {
  const when = formatEarlier(startedMs, Date.now(), language())
  if (talkMs > 0) return i18n.t('known.lastOutcome', [when, i18n.t('known.talked', [formatClock(talkMs)])])
  if (outcome === undefined) return i18n.t('known.last', [when])
  return i18n.t('known.lastOutcome', [when, nameState({ direction, phase: 'ended', outcome })])
}

// See it: npm start, bring contacts on the settings page, then place two calls from one of them.
