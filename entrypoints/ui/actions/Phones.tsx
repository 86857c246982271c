import { useLayoutEffect, useRef } from 'preact/hooks'
import { i18n } from '#i18n'
import type { OfferedDevice } from '../../lib/contract/call-actions.ts'
import type { ActionParts } from './action-parts.ts'

export interface PhonesProps {
  /** What is done with the phone. */
  readonly verb: 'answer' | 'pickUp' | 'callBack'
  readonly parts: ActionParts
  readonly devices: readonly OfferedDevice[]
  readonly isPending: boolean
  readonly onPick: (deviceId: string) => void
  readonly onClose: () => void
}

/** Which phone to take the call on, or to call from, when there are several. */
export function Phones({ verb, parts, devices, isPending, onPick, onClose }: PhonesProps) {
  const list = useRef<HTMLUListElement>(null)
  useLayoutEffect(() => {
    list.current?.querySelector('button')?.focus()
  }, [])
  useLayoutEffect(() => {
    if (list.current === null) return
    return parts.listen(list.current, {
      onKeyDown: (event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onClose()
      },
    })
  })
  return (
    <ul class="phones" ref={list} aria-label={i18n.t(verb === 'callBack' ? 'action.firstPhone' : 'action.phones')}>
      {devices.map(({ id, name }) => (
        <li key={id}>
          <parts.Button label={i18n.t(`action.${verb}On`, [name])} isPending={isPending} onAct={() => onPick(id)} />
        </li>
      ))}
    </ul>
  )
}
