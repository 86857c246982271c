import type { Context } from 'hono'
import { respondProblem } from '../http/problem.ts'

/** To who sees the call and may not watch that colleague. */
export function refuseUnwatched(c: Context): Response {
  return respondProblem(c, {
    status: 403,
    code: 'not_watched',
    detail: 'RingCentral does not let you listen to this colleague: an administrator grants call monitoring there.',
  })
}
