/** One contact as a file has it: numbers are not understood yet. */
export interface ContactDraft {
  /** Where it begins in the file; the first line is 1. */
  readonly line: number
  readonly name: string
  readonly company: string | undefined
  /** As they are written, at least one. */
  readonly phoneNumbers: readonly string[]
  /** Digits beside the numbers that are none, at least not alone. */
  readonly leftovers?: readonly string[]
  readonly tags: readonly string[]
}

/** Why something in a file did not become a contact, or not all of it. */
export type LineProblem =
  | { readonly kind: 'noName' | 'openQuote' | 'noEnd'; readonly line: number }
  /** `name`: who it is that stays out. */
  | { readonly kind: 'noNumber'; readonly line: number; readonly name?: string }
  /** `text` is no number that can be called from the person's country. The other numbers of `name` are kept. */
  | { readonly kind: 'notANumber'; readonly line: number; readonly name?: string; readonly text: string }

/** A file of contacts, read entry by entry, so that a large one can be read with pauses. */
export interface ContactFile {
  /** How many entries there are. */
  readonly count: number
  /** The entry at `index`, from 0. */
  read(index: number): ContactDraft | LineProblem
  /** What is wrong with the file itself. */
  readonly problems: readonly LineProblem[]
}

/** What a file says of one contact, before it is asked whether that is enough. */
export interface ContactFields {
  readonly line: number
  readonly name: string
  readonly company: string
  readonly phoneNumbers: readonly string[]
  readonly leftovers: readonly string[]
  readonly tags: readonly string[]
}

/** A contact needs somebody and a number. A company alone is somebody. */
export function judgeFields(fields: ContactFields): ContactDraft | LineProblem {
  const { line, company, phoneNumbers, leftovers, tags } = fields
  const name = fields.name || company
  if (phoneNumbers.length === 0) return { kind: 'noNumber', line, ...(name !== '' && { name }) }
  if (name === '') return { kind: 'noName', line }
  return {
    line,
    name,
    company: company === '' || company === name ? undefined : company,
    phoneNumbers,
    ...(leftovers.length > 0 && { leftovers }),
    tags,
  }
}

/** One line of text without what only looks like nothing. */
export function tidyText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_TEXT_LENGTH)
}

/** Longer than any name; a damaged file may have more. */
const MAX_TEXT_LENGTH = 200

/** A name that is written in parts, read as it is said: in China, Japan and Korea the family comes first. */
export function joinName(given: string, family: string): string {
  const isFamilyFirst = [given, family].every((part) => FAMILY_FIRST.test(part))
  return tidyText(isFamilyFirst ? `${family} ${given}` : `${given} ${family}`)
}

const FAMILY_FIRST = /^[\s\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]+$/u
