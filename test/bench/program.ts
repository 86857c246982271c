import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A program of this folder in a process of its own, which answers what it is asked, one thing at a time. */
export interface Program<Request, Answer, Ready = Answer> {
  /** `undefined` when it could not be started. */
  readonly pid: number | undefined
  /** What it says first, of its own accord: that it is ready. */
  readonly ready: Promise<Ready>
  /** Rejects when the program ends before it has answered. */
  ask(request: Request): Promise<Answer>
  close(): Promise<void>
}

/** Starts a program as a child that ends with us; `flags` are Node's. */
export function startProgram<Request extends object, Answer, Ready = Answer>(
  file: URL,
  words: readonly string[] = [],
  flags: readonly string[] = [],
): Program<Request, Answer, Ready> {
  const child = fork(file, words, {
    execArgv: [...process.execArgv, ...flags],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const ended = once(child, 'close')

  function answer<Said = Answer>(): Promise<Said> {
    return new Promise((resolve, reject) => {
      const fail = () =>
        reject(new Error(`${file.pathname} ended before it answered: ${errors.trim() || 'it gave no reason'}`))
      child.once('close', fail)
      child.once('message', (message) => {
        child.off('close', fail)
        resolve(message as Said)
      })
    })
  }

  return {
    pid: child.pid,
    ready: answer<Ready>(),
    ask: (request) => {
      const answered = answer()
      if (child.connected) child.send(request)
      return answered
    },
    close: async () => {
      child.kill()
      await ended
    },
  }
}
