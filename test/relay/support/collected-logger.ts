import { pino } from 'pino'
import type { Logger } from '../../../relay/logger.ts'

/** A logger whose lines a test can read. */
export function createCollectedLogger(): { readonly logger: Logger; text(): string } {
  const lines: string[] = []
  const logger = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) })
  return { logger, text: () => lines.join('') }
}
