import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { describeRefusal } from '../../lib/relay/refusal-words.ts'
import { formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import type { Answer } from '../requests.ts'

export interface BehindProps<T> {
  /** Another when the calls are others: then they are read again. */
  readonly about: string
  readonly read: () => Promise<Answer<readonly T[]>>
  readonly isWanted: (call: T) => boolean
  readonly keyOf: (call: T) => string
  readonly line: (call: T) => ComponentChildren
}

/** More than anybody reads one by one; the newest come first. */
const MAX_LINES = 200

/** The calls behind a number, as the relay has them. */
export function Behind<T>({ about, read, isWanted, keyOf, line }: BehindProps<T>) {
  const [answer, setAnswer] = useState<Answer<readonly T[]>>()
  useEffect(() => {
    let isStillWanted = true
    void read().then((next) => isStillWanted && setAnswer(next))
    return () => {
      isStillWanted = false
    }
  }, [about])
  if (answer === undefined) return <p class="quiet">{i18n.t('callList.loading')}</p>
  if (answer.refusal !== undefined) return <p class="problem">{describeRefusal(answer.refusal, Date.now())}</p>
  const calls = answer.value.filter(isWanted)
  if (calls.length === 0) return <p class="quiet">{i18n.t('popup.noneToday')}</p>
  return (
    <>
      <ul class="behind" data-count={calls.length}>
        {calls.slice(0, MAX_LINES).map((call) => (
          <li key={keyOf(call)}>{line(call)}</li>
        ))}
      </ul>
      {calls.length > MAX_LINES && (
        <p class="quiet">{i18n.t('board.moreBehind', [formatCount(calls.length - MAX_LINES, language())])}</p>
      )}
    </>
  )
}
