import { type Logger as PinoLogger, pino } from 'pino'
import pretty from 'pino-pretty'
import { type LogOutput, openLogOutput } from './log-output.ts'

export type Logger = PinoLogger

/** Log lines as JSON, in colour and words for a person at a terminal; on standard output unless told otherwise. */
export function createLogger(level: string, output: LogOutput = openLogOutput()): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  const forPerson = () => pretty({ destination: output.fd, sync: true, colorize: true })
  const logger = pino(options, output.isTTY ? forPerson() : output)
  output.onTakenAgain((lines) =>
    logger.warn({ lines }, 'Log lines were lost: nobody took them from the output in time'),
  )
  return logger
}
