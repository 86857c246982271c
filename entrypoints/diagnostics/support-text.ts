import type { CapabilityReport, Status } from '../lib/contract/messages.ts'
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
  const { user, connection, subscription } = status ?? {}
  const clean = (text: string) => redact(text, user === undefined ? [] : [user.name])
  const lines = [
    `Ringside diagnostics, ${formatInstant(nowMs)}`,
    `software: ${[software.extension, software.browser, software.language].join(', ')}`,
    `role: ${user?.role ?? 'signed out'}`,
    `connection: ${connection?.state ?? 'unknown'}${connection?.state === 'lost' ? ` since ${formatInstant(connection.sinceMs)}` : ''}`,
    `subscription: ${subscription === undefined ? 'unknown' : `${clean(subscription.status)}, expires ${subscription.expiresAt ?? 'never'}, last event ${subscription.lastEventAt ?? 'none'}`}`,
    `store: ${status?.isStoreRefusing ? 'refuses' : status?.isStoreScarce ? 'scarce' : 'fine'}`,
    `answer: ${report?.kind === 'refused' ? `refused, ${report.code}` : (report?.kind ?? 'none')}`,
    ...[...groups.person, ...groups.account].map((one) => writeCapability(one, clean)),
  ]
  return `${lines.join('\n')}\n`
}

function writeCapability({ name, state, at, reason }: ShownCapability, clean: (text: string) => string): string {
  return [
    `${name}: ${state}`,
    ...(at === undefined ? [] : [at]),
    ...(reason === undefined ? [] : [clean(reason)]),
  ].join(', ')
}

function formatInstant(ms: number): string {
  return new Date(ms).toISOString()
}
