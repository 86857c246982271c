import { DAY_MS } from '../../shared/time.ts'
import type { Environment } from '../config.ts'
import { describeError } from '../errors.ts'
import { loadRuleBook } from '../routing/book/load-book.ts'
import { administer } from './administer.ts'
import { AGE_FAULT, parseAge } from './age.ts'
import type { CommandOutput } from './run-command.ts'
import { formatTrial } from './trial-table.ts'

export interface TryCommand {
  readonly kind: 'try'
  readonly file: string
  /** How far back, in ms. */
  readonly ageMs: number
  readonly isJson: boolean
}

/** What follows `try` on the command line. */
export function parseTry([file, ...words]: readonly string[]):
  | TryCommand
  | { readonly kind: 'fault'; readonly sentence: string } {
  const usage = { kind: 'fault', sentence: USAGE } as const
  if (file === undefined || file.startsWith('--')) return usage
  let command: TryCommand = { kind: 'try', file, ageMs: DAY_MS, isJson: false }
  for (let at = 0; at < words.length; at++) {
    if (words[at] === '--json') command = { ...command, isJson: true }
    else if (words[at] === '--since') {
      at += 1
      const ageMs = parseAge(words[at])
      if (ageMs === undefined) return { kind: 'fault', sentence: AGE_FAULT }
      command = { ...command, ageMs }
    } else return usage
  }
  return command
}

const USAGE =
  'try should be followed by one file of rules, and by --since and --json only: npm run routing -- try FILE --since 24h --json.'

/** Says what the rules of a file would have done with the calls of the log; the exit code. */
export async function tryFile(
  { file, ageMs, isJson }: TryCommand,
  environment: Environment,
  { print, complain }: CommandOutput,
): Promise<0 | 1> {
  const { book, faults } = await loadRuleBook(file)
  for (const fault of faults) complain(fault)
  if (book === undefined) return 1
  try {
    const sinceMs = Date.now() - ageMs
    const tried = await administer(environment, complain, (administration) =>
      administration.tryRules({ book, sinceMs }),
    )
    for (const line of isJson ? [JSON.stringify(tried, null, 2)] : formatTrial(tried)) print(line)
    return 0
  } catch (error) {
    complain(describeError(error))
    return 1
  }
}
