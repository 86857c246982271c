import { config } from 'dotenv'
import { decodeSettings } from './config.ts'
import { describeError } from './errors.ts'
import { createLogger } from './log.ts'
import { startRelay } from './relay.ts'

/** Reads the environment and `.env`, starts the relay, and stops it on SIGTERM or SIGINT. */

config({ quiet: true })
const decoded = decodeSettings(process.env)
if (decoded.kind === 'faults') {
  for (const fault of decoded.faults) console.error(fault)
  process.exitCode = 1
} else {
  const { settings } = decoded
  const logger = createLogger(settings.logLevel)
  try {
    const relay = await startRelay(settings, { logger })
    logger.info({ url: relay.url, publicUrl: settings.publicUrl }, 'The relay is listening')
    const stop = async (signal: NodeJS.Signals) => {
      logger.info({ signal }, 'The relay is stopping')
      await relay.close()
      logger.info('The relay has stopped')
    }
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop)
  } catch (error) {
    console.error(describeError(error))
    process.exitCode = 1
  }
}
