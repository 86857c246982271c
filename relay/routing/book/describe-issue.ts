import type * as v from 'valibot'
import type { JsoncPath } from './parse-jsonc.ts'

/** A fault that valibot found, as a sentence for the file's author and the place that it is about. */
export interface DescribedIssue {
  readonly path: JsoncPath
  /** It is about the name at the path, not about its value. */
  readonly isOfName: boolean
  readonly reason: string
}

export function describeIssue(issue: v.BaseIssue<unknown>): DescribedIssue {
  const path = (issue.path ?? []).map(({ key }) => key as string | number)
  const owner = describePath(path.slice(0, -1))
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
  const what = describePath(path)
  return { path, isOfName, reason: `${what} ${isMissing ? 'is missing: it ' : ''}should be ${issue.message}` }
}

/** `rules[0].when.caller[1]`. Names of lists are left out: they are the author's own. */
export function describePath(path: JsoncPath): string {
  const [root, ...rest] = path
  if (root === undefined) return 'the file'
  if (root === 'lists' && rest.length > 0) {
    if (rest[1] === 'file') return 'the file of a list'
    return rest.length > 1 ? 'an entry of a list' : 'a list'
  }
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .slice(1)
}
