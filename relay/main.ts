import { runCommand } from './command-line/run-command.ts'
import { decodeSettings } from './config.ts'
import { loadEnvFile } from './env-file.ts'
import { describeError } from './errors.ts'
import { openLogOutput } from './log-output.ts'
import { createLogger } from './logger.ts'
import { startRelay } from './relay.ts'
import { listUnknownSettings } from './unknown-settings.ts'

/**
 * Reads the environment and `.env`, and with words on its command line carries out what they say. Without, starts the relay,
 * and stops it on SIGTERM or SIGINT; at once when that comes again.
 */

const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const

loadEnvFile()
const words = process.argv.slice(2)
if (words.length === 0) await start()
else process.exitCode = await runCommand(words, process.env, { print: console.log, complain: console.error })

async function start(): Promise<void> {
  const decoded = decodeSettings(process.env)
  if (decoded.kind === 'faults') {
    for (const fault of decoded.faults) console.error(fault)
    process.exitCode = 1
    return
  }
  const { settings } = decoded
  const output = openLogOutput()
  const logger = createLogger(settings.logLevel, output)
  for (const sentence of listUnknownSettings(process.env)) logger.warn(sentence)
  try {
    const onFailed = (error: Error) => {
      logger.fatal({ err: describeError(error) }, 'The relay ends: start it again when the disk is in order')
      process.exit(1)
    }
    const relay = await startRelay(settings, { logger, onFailed, lostLogLines: () => output.lostLines })
    const stop = async (signal: NodeJS.Signals) => {
      // The next signal meets no listener, and ends the process as usual.
      for (const other of STOP_SIGNALS) process.off(other, stop)
      logger.info({ signal }, 'The relay is stopping')
      await relay.close()
      logger.info('The relay has stopped')
      await output.close()
    }
    for (const signal of STOP_SIGNALS) process.on(signal, stop)
    // A program that reads this line may stop the relay at once.
    logger.info({ url: relay.url, publicUrl: settings.publicUrl }, 'The relay is listening')
  } catch (error) {
    console.error(describeError(error))
    process.exitCode = 1
    await output.close()
  }
}
