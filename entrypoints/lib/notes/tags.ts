/** Longer is no tag but a note. */
export const MAX_TAG_LENGTH = 40

/** Tags as they are kept: trimmed, none empty or too long, each once whatever its capitals; the first spelling stays. */
export function cleanTags(tags: readonly string[]): readonly string[] {
  const bySpelling = new Map<string, string>()
  for (const tag of tags) {
    const clean = tag.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, MAX_TAG_LENGTH).trim()
    const spelling = clean.toLowerCase()
    if (clean !== '' && !bySpelling.has(spelling)) bySpelling.set(spelling, clean)
  }
  return [...bySpelling.values()]
}

/** Tags as a person types them in one line: commas or semicolons between them. */
export function splitTags(line: string): readonly string[] {
  return cleanTags(line.split(/[,;]/))
}
