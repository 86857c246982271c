import { useEffect, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { isToReturn } from '../../../shared/call/missed.ts'
import type { NamedCall } from '../../lib/caller/caller-name.ts'
import { NO_NOTE } from '../../lib/notes/note.ts'
import { readNote } from '../../lib/store/notes.ts'
import type { ReadableStore } from '../../lib/store/open.ts'
import { nameCounterpart } from '../../lib/wording/labels.ts'
import { nameShown, showNumber } from '../../lib/wording/masking.ts'
import { CallOutButton, CallOutStatus } from '../actions/CallOut.tsx'
import { useCallOut } from '../actions/use-call-out.ts'
import { describeRow } from './describe-row.ts'
import { OpenRecord } from './OpenRecord.tsx'

export interface CallToolsProps {
  readonly row: NamedCall
  readonly store: ReadableStore
  /** Whether the relay can't be reached, so that nobody can be called. */
  readonly isLost: boolean
  /** Whether the person has asked for the call elsewhere; `onCalling` says that it is made now. */
  readonly isCalling?: boolean
  readonly onCalling?: () => void
}

/** What there is to do with a call that is over: call back, go to the CRM's record, copy it for the CRM. */
export function CallTools({ row, store, isLost, isCalling = false, onCalling }: CallToolsProps) {
  const calling = useCallOut(row.phoneNumber ?? '')
  useEffect(() => {
    if (!isCalling) return
    onCalling?.()
    if (!isLost) void calling.call()
  }, [isCalling])
  const number = showNumber(row.phoneNumber)
  return (
    <div class="call-tools">
      <div class="row">
        {number !== undefined && (
          <CallOutButton
            calling={calling}
            who={nameCounterpart(nameShown(row.name, row.phoneNumber), number)}
            isBack
            isPrimary={isToReturn(row, true)}
            isDisabled={isLost}
          />
        )}
        <OpenRecord store={store} numberKey={row.numberKey} />
        <CopyRow row={row} store={store} />
      </div>
      <CallOutStatus calling={calling} />
    </div>
  )
}

function CopyRow({ row, store }: Pick<CallToolsProps, 'row' | 'store'>) {
  const [result, setResult] = useState<'copied' | 'copyFailed'>()
  async function copy(): Promise<void> {
    const note = await readNote(store, row.telephonySessionId)
    try {
      await navigator.clipboard.writeText(describeRow(row, note ?? NO_NOTE))
      setResult('copied')
    } catch {
      setResult('copyFailed')
    }
  }
  return (
    <>
      <button type="button" title={i18n.t('note.copy')} aria-label={i18n.t('note.copy')} onClick={() => void copy()}>
        {i18n.t('callTools.copy')}
      </button>
      <span class={result === 'copyFailed' ? 'problem' : 'quiet'} role="status">
        {result === 'copied' && i18n.t('note.copied')}
        {result === 'copyFailed' && i18n.t('callTools.copyFailed')}
      </span>
    </>
  )
}
