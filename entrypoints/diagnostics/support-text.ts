import type { SubscriptionState } from '../../shared/protocol/wire.ts'
import type { CapabilityReport, Connection, Status } from '../lib/contract/messages.ts'
import type { CapabilityGroups, ShownCapability } from './group-capabilities.ts'
import { redact } from './redact.ts'

/** What the page shows, as it is copied. */
export interface ShownDiagnostics {
  readonly status: Status | undefined
  readonly report: CapabilityReport | undefined
  readonly groups: CapabilityGroups
}

export interface Software {
  /** Version of the extension. */
  readonly extension: string
  /** Name and version of the browser. */
  readonly browser: string
  /** Of the page, BCP 47. */
  readonly language: string
}

/**
 * The diagnostics as lines of `name: value` for whoever helps, the same in every language. Names, numbers, addresses and secrets are
 * left out or redacted.
 */
export function writeSupportText(
  { status, report, groups }: ShownDiagnostics,
  software: Software,
  nowMs: number,
): string {
  const user = status?.user
  const clean = (text: string) => redact(text, user === undefined ? [] : [user.name])
  const lines = [
    `Ringside diagnostics, ${formatInstant(nowMs)}`,
    `software: ${[software.extension, software.browser, software.language].join(', ')}`,
    `role: ${user?.role ?? 'signed out'}`,
    `connection: ${writeConnection(status?.connection)}`,
    `subscription: ${writeSubscription(status?.subscription, clean)}`,
    `store: ${writeStore(status)}`,
    `answer: ${report?.kind === 'refused' ? `refused, ${report.code}` : (report?.kind ?? 'none')}`,
    ...[...groups.person, ...groups.account].map((one) => writeCapability(one, clean)),
  ]
  return `${lines.join('\n')}\n`
}

type Clean = (text: string) => string

function writeConnection(connection: Connection | undefined): string {
  if (connection === undefined) return 'unknown'
  return connection.state === 'lost' ? `lost since ${formatInstant(connection.sinceMs)}` : connection.state
}

function writeSubscription(subscription: SubscriptionState | undefined, clean: Clean): string {
  if (subscription === undefined) return 'unknown'
  const { status, expiresAt, lastEventAt } = subscription
  return `${clean(status)}, expires ${expiresAt ?? 'never'}, last event ${lastEventAt ?? 'none'}`
}

function writeStore(status: Status | undefined): string {
  if (status === undefined) return 'unknown'
  if (status.isStoreRefusing) return 'refuses'
  return status.isStoreScarce ? 'scarce' : 'fine'
}

function writeCapability({ name, state, at, reason }: ShownCapability, clean: Clean): string {
  const facts = [state, at, reason === undefined ? undefined : clean(reason)]
  return `${name}: ${facts.filter((fact) => fact !== undefined).join(', ')}`
}

function formatInstant(ms: number): string {
  return new Date(ms).toISOString()
}
