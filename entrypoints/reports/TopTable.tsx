import { i18n } from '#i18n'
import { formatClock, formatCount } from '../lib/wording/format.ts'
import { language, nameCounterpart } from '../lib/wording/labels.ts'
import { nameShown, showNumber } from '../lib/wording/masking.ts'
import { CallerName } from '../ui/CallerName.tsx'
import { DoorButton } from './DoorButton.tsx'
import { type Door, type Doors, doorTo } from './doors.ts'

import type { Part } from './only.ts'
import { Scroll } from './Scroll.tsx'
import type { Top } from './tops.ts'

interface TopTableProps {
  readonly doors: Doors
  readonly kind: 'numbers' | 'queues'
  /** `undefined`: not read yet. */
  readonly tops: readonly Top[] | undefined
}

/** Who called and was called most, or through which queues. */
export function TopTable({ doors, kind, tops }: TopTableProps) {
  if (tops === undefined || tops.length === 0) return null
  const most = tops[0]?.calls ?? 1
  return (
    <section class="top" data-kind={kind}>
      <h2>{i18n.t(`reports.top.${kind}`)}</h2>
      <Scroll label={i18n.t(`reports.top.${kind}`)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{i18n.t(`reports.top.${kind}Column`)}</th>
              <th scope="col">{i18n.t('reports.figure.calls')}</th>
              <th scope="col">{i18n.t('reports.figure.missed')}</th>
              <th scope="col">{i18n.t('figure.talk')}</th>
            </tr>
          </thead>
          <tbody>
            {tops.map((top) => (
              <tr key={top.key}>
                <th scope="row">
                  <DoorButton doors={doors} to={doorOf(kind, top.key)} looks="link">
                    {kind === 'numbers' ? <CallerName call={top.latest} hasNumber /> : top.key}
                  </DoorButton>
                </th>
                <td class="barred">
                  <div>
                    <span class="track">
                      <span class="bar" style={{ inlineSize: `${(top.calls / most) * 100}%` }} />
                    </span>
                    <Cell {...{ doors, kind, top }} text={formatCount(top.calls, language())} what="calls" />
                  </div>
                </td>
                <td>
                  <Cell {...{ doors, kind, top }} text={formatCount(top.missed, language())} what="missed" />
                </td>
                <td>
                  <Cell {...{ doors, kind, top }} text={formatClock(top.talkMs)} what="talk" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}

interface CellProps {
  readonly doors: Doors
  readonly kind: TopTableProps['kind']
  readonly top: Top
  readonly what: 'calls' | 'missed' | 'talk'
  readonly text: string
}

/** Which of the calls a column is about; absent: all of them. */
const PARTS: Readonly<Record<CellProps['what'], Part | undefined>> = {
  calls: undefined,
  missed: { kind: 'count', name: 'missed' },
  talk: { kind: 'time', name: 'talk' },
}

function Cell({ doors, kind, top, what, text }: CellProps) {
  const amount = what === 'talk' ? top.talkMs : top[what]
  return (
    <DoorButton
      doors={doors}
      to={amount === 0 ? undefined : doorOf(kind, top.key, PARTS[what])}
      label={`${text} ${i18n.t(what === 'talk' ? 'figure.talk' : `reports.figure.${what}`)}, ${nameTop(kind, top)}`}
    >
      {text}
    </DoorButton>
  )
}

function nameTop(kind: TopTableProps['kind'], { key, latest }: Top): string {
  if (kind === 'queues') return key
  return nameCounterpart(nameShown(latest.name, latest.phoneNumber), showNumber(latest.phoneNumber))
}

function doorOf(kind: TopTableProps['kind'], key: string, part?: Part): Door {
  if (kind === 'queues') return { filters: { queueName: key }, ...doorTo(part) }
  return { only: { kind: 'number', numberKey: key, ...(part && { of: part }) } }
}
