import type { Warning } from '../readiness.ts'
import { createRuleBook, type KeptRuleBook } from '../routing/book/rule-book.ts'
import type { RelayBase } from './base.ts'

/** What has rules act on calls. */
export interface Routing {
  /** `undefined` where no file of rules is set. */
  readonly ruleBook: KeptRuleBook | undefined
  warnings(): readonly Warning[]
  close(): void
}

export async function createRouting({ settings, clock, logger }: RelayBase): Promise<Routing> {
  const file = settings.routingFile
  const ruleBook = file === undefined ? undefined : await createRuleBook({ file, clock, logger })
  return {
    ruleBook,
    warnings: () => (ruleBook?.faults ?? []).map((reason) => ({ part: 'routing', reason })),
    close: () => ruleBook?.close(),
  }
}
