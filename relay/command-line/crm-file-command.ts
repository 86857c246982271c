import { unreachable } from '../../shared/assert.ts'
import { type SpokenNumber, speakNumber } from '../../shared/crm/crm-digits.ts'
import type { Environment } from '../config.ts'
import { findBaseUrl } from '../crm/connectors/find-connector.ts'
import { loadCrmFile } from '../crm/custom/load-crm-file.ts'
import { tryCrmFile } from '../crm/custom/try-crm-file.ts'
import { describeError } from '../errors.ts'
import type { CommandOutput } from './run-command.ts'

export const CRM_FILE_USAGE = `npm run crm -- check FILE      says what is wrong in the file of a CRM, FILE:LINE:COLUMN: reason; exit code 1 if anything is
npm run crm -- try FILE --number +14085550123
                              asks that CRM for a number: what it is asked, what comes back, whom the file takes that for, and what
                              would be written of a call, which is not sent; takes RELAY_CRM_KEY and RELAY_CRM_URL, shows no secret
npm run crm -- --help         says this`

/** Carries out a command line about the file of a CRM, what follows the program's name; the exit code. */
export async function runCrmFileCommand(
  words: readonly string[],
  environment: Environment,
  { print, complain }: CommandOutput,
): Promise<0 | 1> {
  const command = parseCommand(words)
  switch (command.kind) {
    case 'help':
      print(CRM_FILE_USAGE)
      return 0
    case 'check':
      return check(command.file, { print, complain })
    case 'try':
      return tryFile(command, environment, { print, complain })
    case 'fault':
      complain(command.sentence)
      return 1
    default:
      return unreachable(command)
  }
}

interface TryCommand {
  readonly kind: 'try'
  readonly file: string
  readonly number: SpokenNumber
}

type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'check'; readonly file: string }
  | TryCommand
  | { readonly kind: 'fault'; readonly sentence: string }

function parseCommand(words: readonly string[]): Command {
  const [name, file, ...rest] = words
  if (name === undefined || words.some((word) => word === '--help' || word === '-h')) return { kind: 'help' }
  switch (name) {
    case 'check':
      if (file !== undefined && rest.length === 0) return { kind: 'check', file }
      return { kind: 'fault', sentence: 'check should be followed by one file of a CRM: npm run crm -- check FILE.' }
    case 'try':
      return parseTry(file, rest)
    default:
      return {
        kind: 'fault',
        sentence: `There is no command ${JSON.stringify(name)}: it should be check FILE, try FILE --number NUMBER or --help.`,
      }
  }
}

function parseTry(file: string | undefined, [option, text, ...more]: readonly string[]): Command {
  if (file === undefined || option !== '--number' || text === undefined || more.length > 0) {
    const sentence =
      'try should be followed by one file of a CRM and a number: npm run crm -- try FILE --number +14085550123.'
    return { kind: 'fault', sentence }
  }
  const number = speakNumber(text)
  if (number !== undefined) return { kind: 'try', file, number }
  return { kind: 'fault', sentence: '--number should be a number with its country, like +14085550123.' }
}

async function check(path: string, { print, complain }: CommandOutput): Promise<0 | 1> {
  const { file, faults } = await loadCrmFile(path)
  for (const fault of faults) complain(fault)
  if (file === undefined) return 1
  print(`${path} is in order.`)
  return 0
}

async function tryFile(
  { file: path, number }: TryCommand,
  environment: Environment,
  { print, complain }: CommandOutput,
): Promise<0 | 1> {
  const { file, faults } = await loadCrmFile(path)
  for (const fault of faults) complain(fault)
  if (file === undefined) return 1
  try {
    const asker = { key: requireKey(environment), baseUrl: findBaseUrl(file, environment.RELAY_CRM_URL || undefined) }
    return (await tryCrmFile(file, { number, asker, nowMs: Date.now(), print })) ? 0 : 1
  } catch (error) {
    complain(describeError(error))
    return 1
  }
}

function requireKey({ RELAY_CRM_KEY: key }: Environment): string {
  if (key) return key
  throw new Error(
    'RELAY_CRM_KEY is missing: it should be the key, or an access token, with which the CRM may be asked.',
  )
}
