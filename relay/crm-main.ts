import { runCrmFileCommand } from './command-line/crm-file-command.ts'
import { loadEnvFile } from './env-file.ts'
import './numbering-plans.ts'

/** The command line about the file of a CRM of one's own; it needs no relay. */

loadEnvFile()
process.exitCode = await runCrmFileCommand(process.argv.slice(2), process.env, {
  print: console.log,
  complain: console.error,
})
