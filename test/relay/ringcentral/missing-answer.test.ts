import { describe, expect, it } from 'vitest'
import { describeMissingAnswer, LateAnswerError } from '../../../relay/ringcentral/missing-answer.ts'

const failed = (cause: unknown) => new TypeError('fetch failed', { cause })
/** As undici tells that a proxy has opened no tunnel. */
const cancelled = (status: number) =>
  failed(
    new Error('Request was cancelled.', { cause: new Error(`Proxy response (${status}) !== 200 when HTTP Tunneling`) }),
  )

describe('a missing answer is explained by', () => {
  it.each<[what: string, error: unknown, sentence: string]>([
    ['its time', new LateAnswerError(15_000), 'RingCentral did not answer within 15 s'],
    ['the cause', failed(new Error('other side closed')), 'RingCentral did not answer: other side closed'],
    ['what failed, where no cause is told', failed(undefined), 'RingCentral did not answer: fetch failed'],
    [
      'all addresses that were tried',
      failed(new AggregateError([new Error('connect ENETUNREACH ::1'), new Error('connect ETIMEDOUT 192.0.2.1')])),
      'RingCentral did not answer: connect ENETUNREACH ::1, connect ETIMEDOUT 192.0.2.1',
    ],
    ['the proxy', cancelled(403), 'RingCentral did not answer: the proxy that HTTPS_PROXY names answered 403'],
    [
      'the proxy, and what it wants',
      cancelled(407),
      'RingCentral did not answer: the proxy that HTTPS_PROXY names answered 407, and wants another name and password than HTTPS_PROXY has',
    ],
    ['what was thrown', 'no', 'RingCentral did not answer: no'],
  ])('%s', (_what, error, sentence) => {
    expect(describeMissingAnswer(error)).toBe(sentence)
  })
})
