import type * as v from 'valibot'
import type { JsoncPath } from './parse-jsonc.ts'

/** A fault that valibot found, as a sentence for the file's author and the place that it is about. */
export interface DescribedIssue {
  readonly path: JsoncPath
  /** It is about the name at the path, not about its value. */
  readonly isOfName: boolean
  readonly reason: string
}

/** How the thing at a path of a file is called. */
export type DescribePath = (path: JsoncPath) => string

/** `describe`: by names of the file's own language where it has some. */
export function describeIssue(issue: v.BaseIssue<unknown>, describe: DescribePath = describePath): DescribedIssue {
  const path = (issue.path ?? []).map(({ key }) => key as string | number)
  const owner = describe(path.slice(0, -1))
  const last = issue.path?.at(-1)
  // To valibot an array is an object with the names 0, 1, 2.
  if (last?.type === 'object' && Array.isArray(last.input)) {
    return { path: path.slice(0, -1), isOfName: false, reason: `${owner} should be an object, not an array` }
  }
  if (issue.type === 'never') {
    return { path, isOfName: true, reason: `a name in ${owner} is not known: it should be ${issue.message}` }
  }
  // Of a record, whose names are texts of a form as well.
  const isOfName = last?.origin === 'key' && issue.type !== 'object_with_rest'
  if (isOfName) return { path, isOfName, reason: `a name in ${owner} should be ${issue.message}` }
  const isMissing = issue.type === 'object_with_rest' && issue.expected !== 'Object'
  const what = describe(path)
  return { path, isOfName, reason: `${what} ${isMissing ? 'is missing: it ' : ''}should be ${issue.message}` }
}

/** `rules[0].when.caller[1]`. */
export function describePath(path: JsoncPath): string {
  if (path.length === 0) return 'the file'
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .slice(1)
}
