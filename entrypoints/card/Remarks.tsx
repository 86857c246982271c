import type { CardCall } from '../lib/contract/card-call.ts'
import { listLasting, listSaid, type Remark } from './remarks.ts'

export interface RemarksProps {
  readonly call: CardCall
  /** Whether there is room only for what lasts until somebody ends it. */
  readonly isBrief?: boolean
}

/** Remarks about the call itself, and whether it is muted or recorded. */
export function Remarks({ call, isBrief = false }: RemarksProps) {
  const said = isBrief ? [] : listSaid(call)
  const remarks: readonly Remark[] = [...said.map((text) => ({ text })), ...listLasting(call)]
  if (remarks.length === 0) return null
  return (
    <ul class="remarks">
      {remarks.map(({ text, tone }) => (
        <li key={text} data-tone={tone} title={text}>
          {text}
        </li>
      ))}
    </ul>
  )
}
