import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ProblemCode } from '../../shared/protocol/http/problem.ts'

/** A refusal as `application/problem+json`: a stable word for programs, a sentence for people. */
export interface Problem {
  readonly status: ContentfulStatusCode
  readonly code: ProblemCode
  /** What is wrong and what it should be. */
  readonly detail: string
  /** When to try again, in seconds; told by `Retry-After` as well. */
  readonly retryAfterS?: number
  /** Anything more that a program may want to know. */
  readonly [more: string]: unknown
}

export function respondProblem(c: Context, problem: Problem): Response {
  const { status, retryAfterS } = problem
  return c.body(JSON.stringify(problem), status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(retryAfterS !== undefined && { 'retry-after': String(retryAfterS) }),
  })
}
