import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A refusal as `application/problem+json`: a stable word for programs, a sentence for people. */
export interface Problem {
  readonly status: ContentfulStatusCode
  /** Never changes once it is out. */
  readonly code: string
  /** What is wrong and what it should be. */
  readonly detail: string
  /** Anything more that a program may want to know. */
  readonly [more: string]: unknown
}

export function respondProblem(c: Context, problem: Problem): Response {
  return c.body(JSON.stringify(problem), problem.status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  })
}
