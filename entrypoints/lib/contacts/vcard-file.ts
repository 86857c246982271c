import { assert } from '../../../shared/assert.ts'
import { type ContactDraft, type ContactFile, judgeFields, type LineProblem, tidyText } from './draft.ts'
import { cleanTags } from './tags.ts'
import { joinLines, parseProperty, splitValue, unescapeValue } from './vcard-line.ts'

/**
 * A vCard file as contacts: one card or many, versions 2.1, 3.0 and 4.0; its lines end in `\n`. Each card stands for itself, so
 * that a damaged one costs no other.
 */
export function openVcard(text: string): ContactFile {
  const cards = splitCards(text)
  return {
    count: cards.length,
    read: (index) => {
      const card = cards[index]
      assert(card !== undefined, `an entry to read should be one of ${cards.length}, but is ${index}`)
      return readCard(card)
    },
    problems: [],
  }
}

/** Whether a text is a vCard file rather than a table. */
export function isVcard(text: string): boolean {
  return /^\s*BEGIN:VCARD\s*$/im.test(text.slice(0, 1000))
}

interface Card {
  readonly line: number
  readonly properties: readonly string[]
  readonly isWhole: boolean
}

function splitCards(text: string): readonly Card[] {
  const cards: Card[] = []
  let open: { readonly line: number; readonly properties: string[] } | undefined
  const close = (isWhole: boolean) => {
    if (open !== undefined) cards.push({ ...open, isWhole })
    open = undefined
  }
  for (const { line, text: property } of joinLines(text)) {
    if (/^\s*BEGIN:VCARD\s*$/i.test(property)) {
      close(false)
      open = { line, properties: [] }
    } else if (/^\s*END:VCARD\s*$/i.test(property)) close(true)
    else open?.properties.push(property)
  }
  close(false)
  return cards
}

function readCard({ line, properties, isWhole }: Card): ContactDraft | LineProblem {
  // The end may be where a number was, or half of one.
  if (!isWhole) return { kind: 'noEnd', line }
  const parsed = properties.flatMap((property) => parseProperty(property) ?? [])
  const all = (name: string) => parsed.filter((property) => property.name === name)
  const first = (name: string) => all(name)[0]?.value ?? ''
  return judgeFields({
    line,
    name: tidyText(unescapeValue(first('FN'))) || nameOf(first('N')),
    company: tidyText(splitValue(first('ORG'), ';')[0] ?? ''),
    phoneNumbers: all('TEL')
      .filter(({ types }) => !types.includes('fax'))
      .map(({ value }) => tidyText(unescapeValue(value)))
      .filter((number) => number !== ''),
    tags: cleanTags(all('CATEGORIES').flatMap(({ value }) => splitValue(value, ','))),
  })
}

function nameOf(value: string): string {
  const [family = '', given = ''] = splitValue(value, ';')
  return tidyText(`${given} ${family}`)
}
