import { i18n } from '#i18n'
import { nameCounterpart, nameNumber } from '../lib/wording/labels.ts'
import { nameShown, showNumber } from '../lib/wording/masking.ts'
import { CallOutButton, CallOutStatus } from '../ui/actions/CallOut.tsx'
import { useCallOut } from '../ui/actions/use-call-out.ts'
import { OpenRecord } from '../ui/call/OpenRecord.tsx'
import { CallDetails } from './CallDetails.tsx'
import type { FoundPerson } from './find-people.ts'
import type { OpenPerson, PopupModel } from './model.ts'

/** Whom the typed name or number may mean: to be called, looked up in the CRM, with the last calls. */
export function People({ model, person }: { readonly model: PopupModel; readonly person: OpenPerson }) {
  const found = model.found.value
  if (found === undefined) return null
  return (
    <section class="people">
      <p class="quiet" role="status">
        {i18n.t('popup.foundCount', found.length)}
      </p>
      <ul>
        {found.map((one) => (
          <Person key={one.numberKey} model={model} person={person} found={one} isAlone={found.length === 1} />
        ))}
      </ul>
    </section>
  )
}

interface PersonProps {
  readonly model: PopupModel
  readonly person: OpenPerson
  readonly found: FoundPerson
  readonly isAlone: boolean
}

function Person({ model, person, found, isAlone }: PersonProps) {
  const { numberKey, phoneNumber, lastCalls } = found
  const calling = useCallOut(phoneNumber)
  const number = showNumber(phoneNumber)
  const name = nameShown(found.name, phoneNumber)
  const shown = isAlone ? lastCalls : lastCalls.slice(0, 1)
  return (
    <li>
      <div class="person" data-row>
        <div class="who-and-number">
          <bdi class={name === undefined ? 'who whole' : 'who'}>{nameCounterpart(name, number)}</bdi>
          {name !== undefined && <bdi class="quiet whole">{nameNumber(number)}</bdi>}
        </div>
        <OpenRecord store={person.store} numberKey={numberKey} />
        <span>
          <CallOutButton calling={calling} who={nameCounterpart(name, number)} isDisabled={model.isLost.value} />
        </span>
        <CallOutStatus calling={calling} />
      </div>
      {shown.map((row) => (
        <CallDetails key={row.telephonySessionId} model={model} row={row} person={person} returned={undefined} />
      ))}
    </li>
  )
}
