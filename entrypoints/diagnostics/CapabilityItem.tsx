import { i18n } from '#i18n'
import type { CapabilityNeeds } from '../../shared/protocol/http/capabilities.ts'
import { formatDay } from './format-day.ts'
import type { ShownCapability } from './group-capabilities.ts'
import { Mark } from './Mark.tsx'

/** One capability: its state, how that is known, and what it needs. */
export function CapabilityItem({ capability }: { readonly capability: ShownCapability }) {
  const { name, state, reason, known } = capability
  return (
    <li class="capability">
      <div class="head">
        <h3>{known === undefined ? <code>{name}</code> : i18n.t(`diagnostics.capability.${known.name}`)}</h3>
        <span class="standing" data-state={state}>
          <Mark state={state} />
          {i18n.t(`diagnostics.state.${state}`)}
        </span>
      </div>
      {state === 'refused' && reason !== undefined && (
        <p class="reason">
          <bdi>{i18n.t('diagnostics.says', [reason])}</bdi>
        </p>
      )}
      <p class="quiet">
        {describeWhen(capability)} {i18n.t(`diagnostics.tried.${known?.name ?? 'other'}`)}
      </p>
      {known !== undefined && <Needs needs={known.needs} />}
    </li>
  )
}

function describeWhen({ state, at }: ShownCapability): string | undefined {
  if (state === 'notTried') return undefined
  if (at === undefined) return state === 'refused' ? i18n.t('diagnostics.refusedBeforehand') : undefined
  return i18n.t(state === 'works' ? 'diagnostics.workedAt' : 'diagnostics.refusedAt', [formatDay(at)])
}

function Needs({ needs: { app, user = [], feature, whose } }: { readonly needs: CapabilityNeeds }) {
  return (
    <dl class="needs">
      {app.map((name) => (
        <Need key={name} kind="app" name={name} grantedBy="app" />
      ))}
      {user.map((name) => (
        <Need key={name} kind="user" name={name} grantedBy={whose === 'account' ? 'relayRole' : 'yourRole'} />
      ))}
      {feature !== undefined && <Need kind="feature" name={feature} grantedBy="feature" />}
    </dl>
  )
}

interface NeedProps {
  readonly kind: 'app' | 'user' | 'feature'
  /** As RingCentral spells it. */
  readonly name: string
  readonly grantedBy: 'app' | 'yourRole' | 'relayRole' | 'feature'
}

function Need({ kind, name, grantedBy }: NeedProps) {
  return (
    <div>
      <dt>{i18n.t(`diagnostics.need.${kind}`)}</dt>
      <dd>
        <code>{name}</code> <span class="quiet">{i18n.t(`diagnostics.grantedBy.${grantedBy}`)}</span>
      </dd>
    </div>
  )
}
