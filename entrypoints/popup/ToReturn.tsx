import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { formatRecent } from '../lib/wording/format.ts'
import { language, nameCounterpart } from '../lib/wording/labels.ts'
import { nameShown, showNumber } from '../lib/wording/masking.ts'
import { CallOutButton, CallOutStatus } from '../ui/actions/CallOut.tsx'
import { useCallOut } from '../ui/actions/use-call-out.ts'
import { CallerName } from '../ui/CallerName.tsx'
import { CallDetail } from '../ui/call/CallDetail.tsx'
import { listWaiting, type Waiting } from './call-lists.ts'
import type { OpenPerson, PopupModel } from './model.ts'

/** As many as leave room for the day. */
const MOST_AT_FIRST = 4

/**
 * Who waits to be called back: who, when they called last, how often. Whoever was called back leaves the list, and the keys go on to
 * the next one.
 */
export function ToReturn({ model, person }: { readonly model: PopupModel; readonly person: OpenPerson }) {
  const [isWhole, setWhole] = useState(false)
  const waiting = listWaiting(model.unreturned.value)
  const list = useRef<HTMLUListElement>(null)
  const keepKeys = useKeysThatStay(list, waiting)
  if (waiting.length === 0) return null
  const shown = isWhole ? waiting : waiting.slice(0, MOST_AT_FIRST)
  return (
    <section class="to-return">
      <div class="columns">
        <h2>{i18n.t('popup.toReturn', [String(waiting.length)])}</h2>
        <span class="keys" aria-hidden="true">
          {i18n.t('popup.toReturnKeys')}
        </span>
      </div>
      <ul ref={list} onFocusIn={keepKeys}>
        {shown.map((one) => (
          <WaitingRow key={one.numberKey} model={model} person={person} waiting={one} />
        ))}
      </ul>
      {shown.length < waiting.length && (
        <button type="button" class="link" onClick={() => setWhole(true)}>
          {i18n.t('popup.moreToReturn', waiting.length - shown.length)}
        </button>
      )}
    </section>
  )
}

interface WaitingRowProps {
  readonly model: PopupModel
  readonly person: OpenPerson
  readonly waiting: Waiting
}

function WaitingRow({ model, person, waiting: { latest, calls } }: WaitingRowProps) {
  const [isOpen, setOpen] = useState(false)
  const calling = useCallOut(latest.phoneNumber ?? '')
  const when = formatRecent(latest.startedMs, Date.now(), language())
  return (
    <li data-row>
      <div class="line">
        <button type="button" class="who" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <CallerName call={latest} />
        </button>
        <p class="calls">
          {calls > 1 && <span class="often">{i18n.t('popup.often', calls)}</span>}
          <span>{when}</span>
        </p>
        <CallOutButton
          calling={calling}
          who={nameCounterpart(nameShown(latest.name, latest.phoneNumber), showNumber(latest.phoneNumber))}
          isBack
          isDisabled={model.isLost.value}
        />
      </div>
      <CallOutStatus calling={calling} />
      {isOpen && (
        <div class="evidence">
          <CallDetail row={latest} store={person.store} extensionId={person.user.extensionId} />
        </div>
      )}
    </li>
  )
}

/** Keeps the keys in the list when the row that has them goes: then the one in its place has them. */
function useKeysThatStay(
  list: { readonly current: HTMLUListElement | null },
  waiting: readonly Waiting[],
): (event: FocusEvent) => void {
  const place = useRef<number | undefined>(undefined)
  const rowsOf = () => [...(list.current?.children ?? [])]
  const count = useRef(waiting.length)
  useLayoutEffect(() => {
    const hasShrunk = waiting.length < count.current
    count.current = waiting.length
    if (!hasShrunk || place.current === undefined || document.activeElement !== document.body) return
    const rows = rowsOf()
    const row = rows[Math.min(place.current, rows.length - 1)]
    row?.querySelector<HTMLElement>('[data-call-out]')?.focus()
  })
  return ({ target }) => {
    const row = target instanceof Element ? target.closest('[data-row]') : null
    place.current = row === null ? undefined : rowsOf().indexOf(row)
  }
}
