const CUT = '…'

/**
 * A body that a field of so many characters can hold. Of a longer one the end of the notes is left out: what is known of the call stands
 * before them, and the last line, by which the record is found again, stays.
 */
export function fitBody(body: string, maxCharacters: number): string {
  if (body.length <= maxCharacters) return body
  const lastLine = body.slice(body.lastIndexOf('\n') + 1)
  const end = `${CUT}\n\n${lastLine}`
  // Half of an emoji is no character.
  const rest = body.slice(0, Math.max(0, maxCharacters - end.length)).replace(/[\uD800-\uDBFF]$/, '')
  return rest.trimEnd() + end
}
