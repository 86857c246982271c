import { unreachable } from '../../shared/assert.ts'
import { DAY_MS } from '../../shared/time.ts'
import type { Environment } from '../config.ts'
import { describeError } from '../errors.ts'
import { administer } from './administer.ts'
import type { Administration } from './administration.ts'
import { printAudit } from './audit-command.ts'
import { printCrm } from './crm-command.ts'
import { move } from './move.ts'
import { requireSettings } from './require-settings.ts'
import { parseSince, type SinceOptions } from './since-options.ts'
import { formatUsers } from './users-table.ts'

export const USAGE = `npm run relay                   starts the relay, with the settings of the environment and of .env
npm run relay -- users          lists who is signed in: extension id, role, since when, last seen, devices, name
npm run relay -- revoke ID      signs the person with this extension id out on every device, at once
npm run relay -- audit [--since 24h] [--json]
                                lists what rules and people did with calls since so many minutes (30m), hours or days (7d), and what
                                RingCentral said; --json for programs
npm run relay -- crm [--since 7d] [--json]
                                lists calls on their way into the CRM and how they stand, and why; --json for programs
npm run relay -- move --to X    moves all that a stopped relay keeps to X, a Redis (redis://…) or a folder
npm run relay -- --help         says this

Commands take the same settings as the relay, whether it runs or not: RELAY_DATA_DIR on its machine, or RELAY_REDIS_URL.`

export interface CommandOutput {
  print(line: string): void
  complain(line: string): void
}

/** Carries out a command line, what follows the program's name; the exit code. */
export async function runCommand(
  words: readonly string[],
  environment: Environment,
  { print, complain }: CommandOutput,
): Promise<0 | 1> {
  const command = parseCommand(words)
  if (command.kind === 'help') {
    print(USAGE)
    return 0
  }
  if (command.kind === 'fault') {
    complain(command.sentence)
    return 1
  }
  try {
    const lines =
      command.kind === 'move'
        ? await move(requireSettings(environment), command.to)
        : await administer(environment, complain, (administration) => carryOut(command, administration))
    for (const line of lines) print(line)
    return 0
  } catch (error) {
    complain(describeError(error))
    return 1
  }
}

type Command =
  | AdministrationCommand
  | { readonly kind: 'move'; readonly to: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'fault'; readonly sentence: string }

type AdministrationCommand =
  | { readonly kind: 'users' }
  | { readonly kind: 'revoke'; readonly extensionId: string }
  | ({ readonly kind: 'audit' | 'crm' } & SinceOptions)

function carryOut(command: AdministrationCommand, administration: Administration): Promise<readonly string[]> {
  switch (command.kind) {
    case 'users':
      return listUsers(administration)
    case 'revoke':
      return revoke(administration, command.extensionId)
    case 'audit':
      return printAudit(administration, command)
    case 'crm':
      return printCrm(administration, command)
    default:
      return unreachable(command)
  }
}

function parseCommand(words: readonly string[]): Command {
  const [name, ...rest] = words
  if (words.some((word) => word === '--help' || word === '-h')) return { kind: 'help' }
  switch (name) {
    case 'users':
      if (rest.length === 0) return { kind: 'users' }
      return { kind: 'fault', sentence: 'users should stand alone: npm run relay -- users.' }
    case 'revoke': {
      const [extensionId, ...more] = rest
      if (extensionId !== undefined && more.length === 0 && /^\d{1,20}$/.test(extensionId)) {
        return { kind: 'revoke', extensionId }
      }
      const sentence = 'revoke should be followed by one RingCentral extension id, a number that users lists.'
      return { kind: 'fault', sentence }
    }
    case 'audit':
      return parseSince('audit', rest, DAY_MS)
    case 'crm':
      return parseSince('crm', rest, 7 * DAY_MS)
    case 'move': {
      const [option, to, ...more] = rest
      if (option === '--to' && to !== undefined && more.length === 0) return { kind: 'move', to }
      const sentence = 'move should be followed by --to and a folder or an address like redis://redis.example.com:6379.'
      return { kind: 'fault', sentence }
    }
    default:
      return {
        kind: 'fault',
        sentence: `There is no command ${JSON.stringify(name)}: it should be users, revoke ID, audit, crm, move --to X or --help.`,
      }
  }
}

async function listUsers(administration: Administration): Promise<readonly string[]> {
  return formatUsers(await administration.users())
}

async function revoke(administration: Administration, extensionId: string): Promise<readonly string[]> {
  const devices = await administration.revoke(extensionId)
  if (devices === 0) throw new Error(`Nobody with the extension id ${extensionId} is signed in: users lists who is.`)
  return [`${extensionId} is signed out on ${devices === 1 ? '1 device' : `${devices} devices`}.`]
}
