import { i18n } from '#i18n'
import { formatClock } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { CallerName } from '../ui/CallerName.tsx'
import type { Door, Doors } from './doors.ts'
import { formatCount } from './labels.ts'
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
                  <button type="button" class="link" onClick={() => doors.open(doorOf(kind, top.key))}>
                    {kind === 'numbers' ? <CallerName call={top.latest} hasNumber /> : top.key}
                  </button>
                </th>
                <td class="barred">
                  <div>
                    <span class="track">
                      <span class="bar" style={{ inlineSize: `${(top.calls / most) * 100}%` }} />
                    </span>
                    {formatCount(top.calls, language())}
                  </div>
                </td>
                <td>{formatCount(top.missed, language())}</td>
                <td>{formatClock(top.talkMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}

function doorOf(kind: TopTableProps['kind'], key: string): Door {
  return kind === 'numbers' ? { only: { kind: 'number', numberKey: key } } : { filters: { queueName: key } }
}
