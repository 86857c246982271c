import { runRoutingCommand } from './command-line/routing-command.ts'

/** The command line about rules; it needs no settings and no relay. */

process.exitCode = await runRoutingCommand(process.argv.slice(2), { print: console.log, complain: console.error })
