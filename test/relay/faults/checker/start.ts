import { fork } from 'node:child_process'
import { once } from 'node:events'
import { LIMIT_MS } from '../../../support/limit.ts'
import type { CheckerAnswer, CheckerRequest, PostAnswer, Verdict } from './program.ts'

/** The checker in a process of its own. */
export interface Checker {
  post(order: Omit<Extract<CheckerRequest, { do: 'post' }>, 'do'>): Promise<PostAnswer>
  read(order: Omit<Extract<CheckerRequest, { do: 'read' }>, 'do'>): Promise<void>
  /** Whether every client reads all that was acknowledged for it, before whoever waits gives up. */
  wait(): Promise<boolean>
  verdict(): Promise<Verdict>
  close(): Promise<void>
}

export async function startChecker(): Promise<Checker> {
  const child = fork(new URL('program.ts', import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'close')
  // One thing at a time: the next is asked when the last was answered.
  let last: Promise<unknown> = once(child, 'message')
  const ask = (order: CheckerRequest): Promise<CheckerAnswer> => {
    const answered = last.then(async () => {
      const answer = once(child, 'message')
      child.send(order)
      const [message] = await Promise.race([
        answer,
        ended.then(() => {
          throw new Error('The checker ended before it answered.')
        }),
      ])
      return message as CheckerAnswer
    })
    last = answered
    return answered
  }
  await last
  return {
    post: async (order) => (await ask({ do: 'post', ...order })) as PostAnswer,
    read: async (order) => {
      await ask({ do: 'read', ...order })
    },
    wait: async () => ((await ask({ do: 'wait', timeoutMs: LIMIT_MS })) as { isComplete: boolean }).isComplete,
    verdict: async () => (await ask({ do: 'verdict' })) as Verdict,
    async close() {
      child.kill()
      await ended
    },
  }
}
