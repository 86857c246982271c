import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { KnownCaller } from '../lib/caller/known-caller.ts'
import type { CardCall } from '../lib/contract/card-call.ts'
import { language } from '../lib/wording/labels.ts'
import { describeCalls, describeEarlier } from './describe-earlier.ts'
import { DoneIcon } from './icons.tsx'

/**
 * What is known about the other side: a line of facts, whether the page shows them and how often they called, and a line of what was
 * noted. The last calls and their notes are there when asked for.
 */
export function Known({ call: { known, match } }: { readonly call: CardCall }) {
  const [isOpen, setOpen] = useState(false)
  const calls = known === undefined ? undefined : describeCalls(known, Date.now(), language())
  const isHere = match?.isThisPage === true
  const { lastNote, tags = [], lastCalls = [] } = known ?? {}
  // Among the last calls it stands beside its own.
  const shownNote = isOpen ? undefined : lastNote
  if (!isHere && calls === undefined && lastNote === undefined && tags.length === 0) return null
  return (
    <div class="known">
      {(isHere || calls !== undefined) && (
        <p class="facts">
          {isHere && (
            <span class="here" title={i18n.t('match.thisPage')}>
              <DoneIcon />
              {i18n.t('match.here')}
            </span>
          )}
          {calls !== undefined && (
            <button
              type="button"
              class="calls"
              title={i18n.t('known.callsMeaning')}
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              {calls}
            </button>
          )}
        </p>
      )}
      {isOpen && <LastCalls calls={lastCalls} />}
      {(shownNote !== undefined || tags.length > 0) && (
        <div class="noted">
          {shownNote !== undefined && (
            <p class="last-note" dir="auto" title={shownNote.text}>
              {i18n.t('known.quote', [shownNote.text])}
            </p>
          )}
          {tags.length > 0 && <Tags tags={tags} />}
        </div>
      )}
    </div>
  )
}

function LastCalls({ calls }: { readonly calls: KnownCaller['lastCalls'] }) {
  return (
    <ul class="last-calls" aria-label={i18n.t('known.lastCalls')}>
      {calls.map((call) => {
        const text = describeEarlier(call, Date.now(), language())
        return (
          <li key={call.telephonySessionId} title={call.note === undefined ? text : `${text}\n${call.note}`}>
            {text}
            {call.note !== undefined && <bdi class="quote">{i18n.t('known.quote', [call.note])}</bdi>}
          </li>
        )
      })}
    </ul>
  )
}

function Tags({ tags }: { readonly tags: readonly string[] }) {
  return (
    <ul class="tags" aria-label={i18n.t('known.tags')} title={tags.join(', ')}>
      {tags.map((tag) => (
        <li key={tag} class="tag" dir="auto">
          {tag}
        </li>
      ))}
    </ul>
  )
}

// See it: npm start, bring contacts on the settings page, then place two calls from one of them.
