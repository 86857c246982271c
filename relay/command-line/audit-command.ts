import { DAY_MS } from '../../shared/time.ts'
import { listEntries } from '../audit/audit-entries.ts'
import type { AuditPage, AuditStep } from '../audit/read-audit.ts'
import type { Administration } from './administration.ts'
import { AGE_FAULT, parseAge } from './age.ts'
import { formatAudit } from './audit-table.ts'

export interface AuditOptions {
  /** How far back, in ms. */
  readonly sinceMs: number
  readonly isJson: boolean
}

type ParsedAudit = ({ readonly kind: 'audit' } & AuditOptions) | { readonly kind: 'fault'; readonly sentence: string }

/** What follows `audit` on the command line. */
export function parseAudit(words: readonly string[]): ParsedAudit {
  let options: AuditOptions = { sinceMs: DAY_MS, isJson: false }
  for (let at = 0; at < words.length; at++) {
    if (words[at] === '--json') options = { ...options, isJson: true }
    else if (words[at] === '--since') {
      at += 1
      const sinceMs = parseAge(words[at])
      if (sinceMs === undefined) return { kind: 'fault', sentence: AGE_FAULT }
      options = { ...options, sinceMs }
    } else return { kind: 'fault', sentence: UNKNOWN }
  }
  return { kind: 'audit', ...options }
}

const UNKNOWN = 'audit should be followed by --since and --json only: npm run relay -- audit --since 24h --json.'

/** The audit as lines of a table, or as JSON: `{"acts":[…]}`. */
export async function printAudit(
  administration: Pick<Administration, 'audit'>,
  { sinceMs: ageMs, isJson }: AuditOptions,
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
