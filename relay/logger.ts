import { type Logger as PinoLogger, pino } from 'pino'
import pretty from 'pino-pretty'

export type Logger = PinoLogger

/** Where log lines go. */
export interface LogOutput {
  readonly fd: number
  readonly isTTY: boolean
}

/** Log lines as JSON on standard output, in colour and words for a person at a terminal. */
export function createLogger(level: string, { fd, isTTY }: LogOutput = process.stdout): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  const forPerson = () => pretty({ destination: fd, sync: true, colorize: true })
  return pino(options, isTTY ? forPerson() : pino.destination({ dest: fd, sync: true }))
}
