import { describePath } from '../../json-file/describe-issue.ts'
import type { JsoncPath } from '../../json-file/parse-jsonc.ts'

/** `rules[0].when.caller[1]`. Names of lists are left out: they are the author's own. */
export function describePlace(path: JsoncPath): string {
  const [root, ...rest] = path
  if (root !== 'lists' || rest.length === 0) return describePath(path)
  if (rest[1] === 'file') return 'the file of a list'
  return rest.length > 1 ? 'an entry of a list' : 'a list'
}
