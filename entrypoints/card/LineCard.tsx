import type { CardPartProps } from './Card.tsx'
import { TopLine } from './TopLine.tsx'
import { nameOther } from './who.ts'

/** An older call, on one line: state, time, and whom it is with. */
export function LineCard(props: CardPartProps) {
  const { call } = props
  return (
    <article class="card line" data-call={call.telephonySessionId} data-phase={call.phase} aria-label={nameOther(call)}>
      <TopLine {...props} via={nameOther(call)} isWhole={false} />
    </article>
  )
}
