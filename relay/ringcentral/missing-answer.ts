import * as v from 'valibot'
import { SECOND_MS } from '../../shared/time.ts'

/** Why there is no answer of RingCentral's that could be used, as a sentence for whoever runs the relay. */

/** It did not come in time. A `TimeoutError` as such would not do: the SDK writes into its message, which can't be written. */
export class LateAnswerError extends Error {
  override readonly name = 'LateAnswerError'

  constructor(timeoutMs: number) {
    super(`RingCentral did not answer within ${timeoutMs / SECOND_MS} s`)
  }
}

export function describeMissingAnswer(error: unknown): string {
  if (error instanceof LateAnswerError) return error.message
  if (v.isValiError(error)) {
    const [issue] = error.issues
    return `RingCentral's answer has another shape: ${v.getDotPath(issue) ?? 'it'} should be ${issue.expected}`
  }
  if (!(error instanceof Error)) return `RingCentral did not answer: ${String(error)}`
  const words = describeReason(error)
  const [, status] = PROXY_ANSWER.exec(words) ?? []
  return `RingCentral did not answer: ${status === undefined ? words : describeProxy(status)}`
}

/** Undici's words where a proxy opens no tunnel. */
const PROXY_ANSWER = /^Proxy response \((\d+)\)/

function describeProxy(status: string): string {
  const wanted = status === '407' ? ', and wants another name and password than HTTPS_PROXY has' : ''
  return `the proxy that HTTPS_PROXY names answered ${status}${wanted}`
}

/** `fetch` says only that it failed; why is in the innermost cause. Of several addresses that were tried each has its own. */
function describeReason(error: Error): string {
  const { cause } = error
  const inner = cause instanceof Error ? describeReason(cause) : ''
  if (inner !== '') return inner
  if (error.message !== '' || !(error instanceof AggregateError)) return error.message
  return [...new Set(error.errors.map(({ message }: Error) => message))].join(', ')
}
