import { assert } from '../../../../shared/assert.ts'
import { cleanTags } from '../../../lib/notes/tags.ts'
import { type ContactDraft, type ContactFile, joinName, judgeFields, type LineProblem, tidyText } from './draft.ts'
import { splitNumbers } from './split-numbers.ts'
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

interface OpenCard {
  readonly line: number
  readonly properties: string[]
  holdsCards: boolean
}

/**
 * In the order in which they begin. A card may hold others: that of an assistant (`AGENT`), who is somebody as well, or those of a list.
 * Where files were put together without a line end, one card begins on the line on which another ends.
 */
function splitCards(text: string): readonly Card[] {
  const cards: Card[] = []
  const open: OpenCard[] = []
  const close = (isWhole: boolean) => {
    const card = open.pop()
    if (card !== undefined && !isList(card)) cards.push({ ...card, isWhole })
  }
  for (const { line, text: joined } of joinLines(text)) {
    for (const property of joined.split(/(?<=^\s*END:VCARD)\s*(?=BEGIN:VCARD)/i)) {
      const around = open.at(-1)
      if (isBegin(property)) {
        if (around !== undefined) around.holdsCards = true
        open.push({ line, properties: [], holdsCards: false })
      } else if (/^\s*END:VCARD\s*$/i.test(property)) close(true)
      else around?.properties.push(property)
    }
  }
  while (open.length > 0) close(false)
  return cards.sort((a, b) => a.line - b.line)
}

function isBegin(property: string): boolean {
  return /^\s*(?:(?:[\w-]+\.)?AGENT[^:]*:\s*)?BEGIN:VCARD\s*$/i.test(property)
}

/** Whether a card holds others and is nobody itself. */
function isList({ holdsCards, properties }: OpenCard): boolean {
  return holdsCards && !properties.some((property) => /^(?:[\w-]+\.)?(?:FN|N|TEL)[:;]/i.test(property))
}

function readCard({ line, properties, isWhole }: Card): ContactDraft | LineProblem {
  // The end may be where a number was, or half of one.
  if (!isWhole) return { kind: 'noEnd', line }
  const parsed = properties.flatMap((property) => parseProperty(property) ?? [])
  const all = (name: string) => parsed.filter((property) => property.name === name)
  const first = (name: string) => all(name)[0]?.value ?? ''
  const numbers = all('TEL')
    .filter(({ types }) => !types.some((type) => type === 'fax' || type === 'pager'))
    .map(({ value }) => splitNumbers(unescapeValue(value)))
  return judgeFields({
    line,
    name:
      tidyText(unescapeValue(first('FN'))) ||
      nameOf(first('N')) ||
      tidyText(splitValue(first('NICKNAME'), ',')[0] ?? ''),
    company: tidyText(splitValue(first('ORG'), ';')[0] ?? ''),
    phoneNumbers: numbers.flatMap((found) => found.numbers),
    leftovers: numbers.flatMap((found) => found.leftovers),
    tags: cleanTags(all('CATEGORIES').flatMap(({ value }) => splitValue(value, ','))),
  })
}

/** Family name, given name, other names, title, suffix: a suffix tells two people in one house apart, a title does not. */
function nameOf(value: string): string {
  const [family = '', given = '', others = '', , suffix = ''] = splitValue(value, ';')
  return joinName(`${given} ${others}`, `${family} ${suffix}`)
}
