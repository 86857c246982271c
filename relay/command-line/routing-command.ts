import { unreachable } from '../../shared/assert.ts'
import type { Environment } from '../config.ts'
import { printJsonSchema } from '../routing/book/json-schema.ts'
import { type LoadedBook, loadRuleBook } from '../routing/book/load-book.ts'
import type { CommandOutput } from './run-command.ts'
import { parseTry, type TryCommand, tryFile } from './try-command.ts'

export const ROUTING_USAGE = `npm run routing -- check FILE     says what is wrong in a file of rules, FILE:LINE:COLUMN: reason; exit code 1 if anything is
npm run routing -- try FILE [--since 24h] [--json]
                                  says what its rules would have done with the calls since so many minutes (30m), hours or days (7d);
                                  takes the RELAY_DATA_DIR of the relay, whether it runs or not
npm run routing -- schema         prints the JSON Schema of such files
npm run routing -- --help         says this`

/** Carries out a command line about rules, what follows the program's name; the exit code. */
export async function runRoutingCommand(
  words: readonly string[],
  environment: Environment,
  { print, complain }: CommandOutput,
): Promise<0 | 1> {
  const command = parseCommand(words)
  switch (command.kind) {
    case 'help':
      print(ROUTING_USAGE)
      return 0
    case 'schema':
      print(printJsonSchema())
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

type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'schema' }
  | { readonly kind: 'check'; readonly file: string }
  | TryCommand
  | { readonly kind: 'fault'; readonly sentence: string }

function parseCommand(words: readonly string[]): Command {
  const [name, ...rest] = words
  if (name === undefined || words.some((word) => word === '--help' || word === '-h')) return { kind: 'help' }
  switch (name) {
    case 'schema':
      if (rest.length === 0) return { kind: 'schema' }
      return { kind: 'fault', sentence: 'schema should stand alone: npm run routing -- schema.' }
    case 'check': {
      const [file, ...more] = rest
      if (file !== undefined && more.length === 0) return { kind: 'check', file }
      return {
        kind: 'fault',
        sentence: 'check should be followed by one file of rules: npm run routing -- check FILE.',
      }
    }
    case 'try':
      return parseTry(rest)
    default:
      return {
        kind: 'fault',
        sentence: `There is no command ${JSON.stringify(name)}: it should be check FILE, try FILE, schema or --help.`,
      }
  }
}

async function check(file: string, { print, complain }: CommandOutput): Promise<0 | 1> {
  const loaded = await loadRuleBook(file)
  for (const fault of loaded.faults) complain(fault)
  if (loaded.book === undefined) return 1
  print(describeBook(file, loaded.book, loaded.lists))
  return 0
}

function describeBook(file: string, book: NonNullable<LoadedBook['book']>, lists: LoadedBook['lists']): string {
  const listed = lists.map(({ name, keys, prefixes }) => `${name} (${keys.size + prefixes.length})`)
  const dry = book.rules.filter(({ isDry }) => isDry).length
  const parts = [
    `${book.rules.length === 1 ? '1 rule' : `${book.rules.length} rules`}${dry > 0 ? `, ${dry} of them dry` : ''}`,
    ...(listed.length > 0 ? [`numbers in lists: ${listed.join(', ')}`] : []),
  ]
  return `${file} is in order: ${parts.join('; ')}.`
}
