import type { Context } from 'hono'
import * as v from 'valibot'
import { parseJson } from '../json.ts'
import { respondProblem } from './problem.ts'

/** Decodes the body of a request, which may be empty, or says in one sentence what is wrong with it. */
export async function readBody<Schema extends v.GenericSchema>(
  c: Context,
  schema: Schema,
): Promise<{ readonly body: v.InferOutput<Schema> } | { readonly refusal: Response }> {
  const text = await c.req.text()
  let raw: unknown
  try {
    raw = text.trim() === '' ? {} : parseJson(text)
  } catch {
    return { refusal: refuse(c, 'The body should be JSON.') }
  }
  // The library takes a list for an object.
  if (Array.isArray(raw)) return { refusal: refuse(c, 'The body should be a JSON object.') }
  const read = v.safeParse(schema, raw, { abortEarly: true })
  return read.success ? { body: read.output } : { refusal: refuse(c, describeIssue(read.issues[0])) }
}

function refuse(c: Context, detail: string): Response {
  return respondProblem(c, { status: 400, code: 'bad_request', detail })
}

/** The value itself is not repeated: it may be a number. */
function describeIssue(issue: v.BaseIssue<unknown>): string {
  const field = v.getDotPath(issue)
  if (field === null) return `The body should be ${issue.kind === 'schema' ? 'a JSON object' : issue.message}.`
  return issue.input === undefined ? `The body should have ${field}.` : `${field} should be ${issue.message}.`
}
