import { fstatSync } from 'node:fs'
import { Socket } from 'node:net'
import { type DestinationStream, pino } from 'pino'
import { SECOND_MS } from '../shared/time.ts'

/**
 * Where log lines go. Somebody collects them from a pipe, and may stall: then the pipe is full, and a relay that waited for room
 * would take no event any more. So what a pipe does not take waits here, up to a limit; lines beyond it are lost and counted.
 */
export interface LogOutput extends DestinationStream {
  readonly isTTY: boolean
  readonly fd: number
  /** Lines that were lost since the start. */
  readonly lostLines: number
  /** Has it called, with how many were lost since the last time, when lines are taken again. */
  onTakenAgain(listener: (lostLines: number) => void): void
  /** Resolves when everything was taken, or nobody took it for a second. */
  close(): Promise<void>
}

/** Some thousand lines: more than a collector leaves lying about while it restarts. */
const MAX_WAITING_BYTES = 256 * 1024
const CLOSE_TIMEOUT_MS = SECOND_MS

export function openLogOutput({ fd, isTTY }: Pick<LogOutput, 'fd' | 'isTTY'> = process.stdout): LogOutput {
  const entry = fstatSync(fd)
  return entry.isFIFO() || entry.isSocket() ? openPipe(fd) : openFile(fd, isTTY)
}

/** A file takes every line, and a terminal is there for a person who looks at it. */
function openFile(fd: number, isTTY: boolean): LogOutput {
  const destination = pino.destination({ dest: fd, sync: true })
  return {
    fd,
    isTTY,
    lostLines: 0,
    write: (line) => destination.write(line),
    onTakenAgain: () => undefined,
    close: async () => undefined,
  }
}

function openPipe(fd: number): LogOutput {
  // Not `process.stdout`: that can't be closed while lines wait, and would keep a relay that was stopped from ending.
  const socket = new Socket({ fd, readable: false, writable: true })
  let lostLines = 0
  let toldLines = 0
  let onTakenAgain: (lostLines: number) => void = () => undefined
  // Nobody reads any more: every line is lost from now on.
  socket.on('error', () => undefined)
  socket.on('drain', () => {
    if (lostLines === toldLines) return
    const untold = lostLines - toldLines
    toldLines = lostLines
    onTakenAgain(untold)
  })
  return {
    fd,
    isTTY: false,
    get lostLines() {
      return lostLines
    },
    write(line) {
      if (socket.writable && socket.writableLength < MAX_WAITING_BYTES) socket.write(line)
      else lostLines += 1
    },
    onTakenAgain(listener) {
      onTakenAgain = listener
    },
    close: () =>
      new Promise((resolve) => {
        const late = setTimeout(() => socket.destroy(), CLOSE_TIMEOUT_MS)
        socket.once('close', () => {
          clearTimeout(late)
          resolve()
        })
        if (socket.destroyed) socket.emit('close')
        else socket.end(() => socket.destroy())
      }),
  }
}
