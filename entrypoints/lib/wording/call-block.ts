/** A call as lines to be pasted into a CRM. */
export interface CallBlock {
  /** The name, with the company; the number when there is no name. */
  readonly who: string
  /** Each with its label, in the reader's language; one without a value is left out. */
  readonly lines: readonly BlockLine[]
  /** May have several lines of its own, and comes last. */
  readonly note: BlockLine
}

export interface BlockLine {
  readonly label: string
  readonly value: string | undefined
}

/** Plain text, one fact per line. Values from outside (names, queue) cannot add lines that look like facts. */
export function composeCallBlock({ who, lines, note }: CallBlock): string {
  const facts = lines.map(({ label, value }) => ({ label, value: value && oneLine(value) }))
  const all = [...facts, { ...note, value: note.value?.trim() }]
  return [oneLine(who), ...all.flatMap(({ label, value }) => (value ? `${label}: ${value}` : []))].join('\n')
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}
