import { listEntries } from '../audit/audit-entries.ts'
import type { AuditPage, AuditStep } from '../audit/read-audit.ts'
import type { Administration } from './administration.ts'
import { formatAudit } from './audit-table.ts'
import type { SinceOptions } from './since-options.ts'

/** The audit as lines of a table, or as JSON: `{"acts":[…]}`. */
export async function printAudit(
  administration: Pick<Administration, 'audit'>,
  { sinceMs: ageMs, isJson }: SinceOptions,
): Promise<readonly string[]> {
  const nowMs = Date.now()
  const entries = listEntries(await readAll(administration, nowMs - ageMs), nowMs)
  return isJson ? [JSON.stringify({ acts: entries }, null, 2)] : formatAudit(entries)
}

async function readAll(administration: Pick<Administration, 'audit'>, sinceMs: number): Promise<readonly AuditStep[]> {
  const steps: AuditStep[] = []
  let page: AuditPage | undefined
  do {
    page = await administration.audit({ sinceMs, afterPosition: page?.upToPosition })
    steps.push(...page.steps)
  } while (!page.isLast)
  return steps
}
