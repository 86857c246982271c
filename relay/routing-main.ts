import { runRoutingCommand } from './command-line/routing-command.ts'
import { loadEnvFile } from './env-file.ts'
import './numbering-plans.ts'

/** The command line about rules; only a trial needs a relay, or its folder, and the settings of it. */

loadEnvFile()
process.exitCode = await runRoutingCommand(process.argv.slice(2), process.env, {
  print: console.log,
  complain: console.error,
})
