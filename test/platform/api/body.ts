import * as v from 'valibot'
import { describeIssue } from './issues.ts'
import { invalidParameter, RestError } from './rest-error.ts'

/** The request's body as JSON; `undefined` when it is empty, which some requests mean to be. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await request.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new RestError(400, 'CMN-103', "JSON can't be parsed")
  }
}

/** The body in its shape; throws the platform's refusal, which names the parameter. */
export function decodeBody<Schema extends v.GenericSchema>(schema: Schema, raw: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, raw, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  const { where, shouldBe } = describeIssue(issue, 'body')
  throw invalidParameter(where, shouldBe)
}
