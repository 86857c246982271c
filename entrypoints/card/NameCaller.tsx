import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { NameSource } from '../lib/caller/caller-name.ts'
import { MAX_CONTACT_NAME } from '../lib/caller/new-contact.ts'
import type { CardCall } from '../lib/contract/card-call.ts'
import type { Send } from './Card.tsx'
import { isGuarded, listenToField } from './guarded-keys.ts'
import { IconButton } from './IconButton.tsx'
import { EditIcon } from './icons.tsx'
import { trusted } from './trusted.ts'

export interface NameCallerProps {
  readonly call: CardCall
  readonly send: Send
  /** The name as it is now. */
  readonly children: ComponentChildren
}

/** The name of the other side, and where it is nobody's contact yet, the way to make them one. */
export function NameCaller({ call, send, children }: NameCallerProps) {
  const [isOpen, setOpen] = useState(false)
  const named = useRef<HTMLDivElement>(null)
  const isOffered = isNameable(call) && isGuarded()

  const wasOpen = useRef(false)

  // The keys were in the field that has gone, and stay in the card.
  useLayoutEffect(() => {
    if (wasOpen.current && !isOpen) named.current?.querySelector<HTMLElement>('.name-caller')?.focus()
    wasOpen.current = isOpen
  }, [isOpen])

  if (isOffered && isOpen) return <NameForm call={call} send={send} onClose={() => setOpen(false)} />
  return (
    <div class="named" ref={named}>
      {children}
      {isOffered && (
        <IconButton class="name-caller" label={i18n.t('nameCaller.offer')} onAct={() => setOpen(true)}>
          <EditIcon />
        </IconButton>
      )}
    </div>
  )
}

/** Names that somebody has given on purpose. */
const GIVEN: ReadonlySet<NameSource | undefined> = new Set<NameSource>(['contact', 'directory'])

function isNameable({ number, nameSource, known, isSample }: CardCall): boolean {
  return number?.kind === 'number' && !GIVEN.has(nameSource) && known !== undefined && !isSample
}

interface NameFormProps extends Omit<NameCallerProps, 'children'> {
  readonly onClose: () => void
}

function NameForm({ call: { telephonySessionId, name = '' }, send, onClose }: NameFormProps) {
  const field = useRef<HTMLInputElement>(null)

  function save(): void {
    const typed = field.current?.value.trim() ?? ''
    if (typed !== '') send({ type: 'nameCaller', telephonySessionId, name: typed })
    onClose()
  }

  // Before the paint: whoever sees the field can type at once.
  useLayoutEffect(() => field.current?.select(), [])
  useLayoutEffect(() => {
    if (field.current === null) return
    return listenToField(field.current, {
      onKeyDown: (event) => {
        if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
        event.preventDefault()
        if (event.key === 'Enter') save()
        else onClose()
      },
    })
  })

  return (
    <div class="named">
      <input
        ref={field}
        class="field"
        dir="auto"
        maxLength={MAX_CONTACT_NAME}
        aria-label={i18n.t('nameCaller.label')}
        placeholder={i18n.t('nameCaller.label')}
        defaultValue={name}
        autocomplete="off"
      />
      <button type="button" class="button primary" onClick={trusted(save)}>
        {i18n.t('nameCaller.save')}
      </button>
    </div>
  )
}
