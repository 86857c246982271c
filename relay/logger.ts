import { type Logger as PinoLogger, pino } from 'pino'
import pretty from 'pino-pretty'

export type Logger = PinoLogger

/** Log lines as JSON on standard output, in colour and words for a person at a terminal. */
export function createLogger(level: string): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  return process.stdout.isTTY ? pino(options, pretty({ sync: true })) : pino(options, pino.destination({ sync: true }))
}
