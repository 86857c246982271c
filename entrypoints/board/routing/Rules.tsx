import { useEffect, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { RoutingAnswer, RuleStanding } from '../../../shared/protocol/http/routing.ts'
import { formatMoment } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import type { BoardPage } from '../page.ts'
import { explainHit } from './rule-words.ts'

export interface RulesProps {
  readonly page: BoardPage
  /** Whether they are a line until somebody opens them. */
  readonly isNarrow: boolean
}

/** The account's rules, a line each, and what is wrong with their file. Nothing where there are none. */
export function Rules({ page, isNarrow }: RulesProps) {
  const [isOpen, setOpen] = useState(!isNarrow)
  useEffect(() => setOpen(!isNarrow), [isNarrow])
  const routing = page.routing.routing.value
  if (routing === undefined || (!routing.isOn && routing.faults.length === 0)) return null
  return (
    <section class="routing" aria-label={i18n.t('routing.title')}>
      <Faults routing={routing} />
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <h2>{i18n.t('routing.title')}</h2>
          <span class="quiet">{describeAll(routing)}</span>
        </summary>
        <ul class="rule-list">
          {routing.rules.map((rule) => (
            <Rule key={rule.name} rule={rule} onOpen={() => page.pane.open({ kind: 'rule', name: rule.name })} />
          ))}
        </ul>
      </details>
    </section>
  )
}

function describeAll({ rules, readAt }: RoutingAnswer): string {
  const hits = rules.reduce((sum, { hitsToday }) => sum + hitsToday, 0)
  return [
    i18n.t('routing.hits', hits),
    readAt === undefined
      ? undefined
      : i18n.t('routing.readAt', [formatMoment(Date.parse(readAt), Date.now(), language())]),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** By file, line and column: whoever wrote it finds it there. */
function Faults({ routing: { faults, rules } }: { readonly routing: RoutingAnswer }) {
  if (faults.length === 0) return null
  return (
    <div role="status">
      <p class="problem">{i18n.t(rules.length > 0 ? 'routing.faultsBefore' : 'routing.faultsNone')}</p>
      <ul class="fault-list">
        {faults.map((fault) => (
          <li key={fault}>
            <bdi>{fault}</bdi>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Rule({ rule, onOpen }: { readonly rule: RuleStanding; readonly onOpen: () => void }) {
  const { name, isDry, hitsToday, lastRefusal } = rule
  return (
    <li class="rule">
      <button type="button" class="rule-name" onClick={onOpen}>
        <bdi>{name}</bdi>
      </button>
      <span class="fact" data-name="hits">
        {i18n.t('routing.hits', hitsToday)}
      </span>
      {isDry && (
        <span class="dry" title={i18n.t('routing.dryMeaning')}>
          {i18n.t('routing.dry')}
        </span>
      )}
      {lastRefusal !== undefined && (
        <span class="refusal">
          {i18n.t('routing.lastRefusal', [
            formatMoment(Date.parse(lastRefusal.at), Date.now(), language()),
            explainHit(lastRefusal) || i18n.t(`routing.outcome.${lastRefusal.outcome}`),
          ])}
        </span>
      )}
    </li>
  )
}
