import type { ComponentChildren } from 'preact'
import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import { nameNumber } from '../lib/wording/labels.ts'
import type { Send } from './Card.tsx'
import { NameCaller } from './NameCaller.tsx'
import { nameOther } from './who.ts'

export interface WhoProps {
  readonly call: CardCall
  readonly send: Send
  /** More about them, which has no line of its own. */
  readonly facts: readonly string[]
  /** What stands at the end of the line. */
  readonly children: ComponentChildren
}

/**
 * The other side: the name large, or the number when there is no name; below it on one line the number, where it is from, and for
 * whom they call.
 */
export function Who({ call, send, facts, children }: WhoProps) {
  const name = nameOther(call)
  const origin = [...selectOrigin(call), ...facts.map((text) => ({ what: 'fact', text }) as const)]
  return (
    <div class="who">
      <NameCaller call={call} send={send}>
        {/* Names are written in any script, on a card of any direction. */}
        <p class="name" dir="auto" title={name} data-source={call.nameSource}>
          {name}
        </p>
      </NameCaller>
      {(origin.length > 0 || children) && (
        <div class="origin-line">
          <p class="origin" title={origin.map(({ text }) => text).join(' · ')}>
            {origin.map(({ what, text }) => (
              <bdi key={`${what} ${text}`} class={what}>
                {text}
              </bdi>
            ))}
          </p>
          {children}
        </div>
      )}
    </div>
  )
}

interface OriginPart {
  readonly what: 'number' | 'company' | 'contact' | 'region' | 'source' | 'fact'
  readonly text: string
}

function selectOrigin({ name, nameSource, number, region, known }: CardCall): readonly OriginPart[] {
  const contact = known?.contact
  const parts: readonly (OriginPart | undefined)[] = [
    name === undefined ? undefined : { what: 'number', text: nameNumber(number) },
    // Only where the heading has a different one.
    contact === undefined || contact.name === name
      ? undefined
      : { what: 'contact', text: i18n.t('known.contact', [contact.name]) },
    contact?.company === undefined ? undefined : { what: 'company', text: contact.company },
    region === undefined ? undefined : { what: 'region', text: region },
    nameSource === 'otherCall' ? { what: 'source', text: i18n.t('name.otherCall') } : undefined,
  ]
  return parts.filter((part) => part !== undefined)
}
