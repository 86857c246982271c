import { expect, it } from 'vitest'
import { createQueue } from '../../shared/queue.ts'

it('begins a task when the one before it has ended', async () => {
  const queue = createQueue()
  const first = Promise.withResolvers<string>()
  const begun: string[] = []
  const answers = [
    queue.run(() => {
      begun.push('first')
      return first.promise
    }),
    queue.run(() => {
      begun.push('second')
      return 'two'
    }),
  ]
  await Promise.resolve()
  expect(begun).toEqual(['first'])
  first.resolve('one')
  expect(await Promise.all(answers)).toEqual(['one', 'two'])
  expect(begun).toEqual(['first', 'second'])
})

it('rejects for the caller of a task that failed, and runs the next', async () => {
  const queue = createQueue()
  const failed = queue.run(() => Promise.reject(new Error('no room')))
  const thrown = queue.run((): string => {
    throw new Error('no such call')
  })
  const next = queue.run(() => 'done')
  await expect(failed).rejects.toThrow('no room')
  await expect(thrown).rejects.toThrow('no such call')
  expect(await next).toBe('done')
})

it('is settled when all tasks that it was given have ended, a failed one too', async () => {
  const queue = createQueue()
  const ended: string[] = []
  const slow = Promise.withResolvers<void>()
  void queue.run(async () => {
    await slow.promise
    ended.push('slow')
  })
  queue.run(() => Promise.reject(new Error('gone'))).catch(() => ended.push('failed'))
  const settled = queue.settled().then(() => ended.push('settled'))
  slow.resolve()
  await settled
  expect(ended).toEqual(['slow', 'failed', 'settled'])
})

it('is settled as long as it was given nothing', async () => {
  await expect(createQueue().settled()).resolves.toBeUndefined()
})
