import { createRequire } from 'node:module'
import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino'
import { type LogOutput, openLogOutput } from './log-output.ts'

export type Logger = PinoLogger

/** Log lines as JSON, in colour and words for a person at a terminal; on standard output unless told otherwise. */
export function createLogger(level: string, output: LogOutput = openLogOutput()): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  const logger = pino(options, (output.isTTY ? openForPerson(output) : undefined) ?? output)
  output.onTakenAgain((lines) =>
    logger.warn({ lines }, 'Log lines were lost: nobody took them from the output in time'),
  )
  return logger
}

/** `undefined` where the relay was installed without development dependencies: JSON will do there. */
function openForPerson({ fd }: LogOutput): DestinationStream | undefined {
  try {
    const pretty = createRequire(import.meta.url)('pino-pretty') as typeof import('pino-pretty')
    return pretty({ destination: fd, sync: true, colorize: true })
  } catch {
    return undefined
  }
}
