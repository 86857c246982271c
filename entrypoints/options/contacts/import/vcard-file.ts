import { assert } from '../../../../shared/assert.ts'
import { cleanTags } from '../../../lib/notes/tags.ts'
import { type ContactDraft, type ContactFile, joinName, judgeFields, type LineProblem, tidyText } from './draft.ts'
import { isMachineText } from './machine-words.ts'
import { splitNumbers } from './split-numbers.ts'
import { joinLines, parseProperty, splitValue, unescapeValue, type VcardProperty } from './vcard-line.ts'

/**
 * A vCard file as contacts: one card or many, versions 2.1, 3.0 and 4.0; its lines end in `\n`. Each card stands for itself, so
 * that a damaged one costs no other. One without a beginning or an end is read as far as it goes, and told: what it
 * has lost may be a number.
 */
export function openVcard(text: string): ContactFile {
  const cards = splitCards(withoutIndent(text))
  const isHalf = (card: Card) => !card.isWhole && !('kind' in readCard(card))
  return {
    count: cards.length,
    read: (index) => {
      const card = cards[index]
      assert(card !== undefined, `an entry to read should be one of ${cards.length}, but is ${index}`)
      const read = readCard(card)
      return 'kind' in read && !card.isWhole ? noEnd(card) : read
    },
    problems: cards.filter(isHalf).map(noEnd),
  }
}

function noEnd({ line }: Card): LineProblem {
  return { kind: 'noEnd', line }
}

/** Without blanks that stand before every line: a line that begins with one goes on from the line before. */
function withoutIndent(text: string): string {
  const indent = /^([ \t]*)BEGIN:\s*VCARD\s*$/im.exec(text)?.[1] ?? ''
  return indent === '' ? text : text.replaceAll(`\n${indent}`, '\n').replace(indent, '')
}

/** Whether a text is a vCard file rather than a table. */
export function isVcard(text: string): boolean {
  return /^\s*BEGIN:\s*VCARD\s*$/im.test(text.slice(0, 1000))
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
 * Any other that begins within one shows that the end of the first is missing. Where files were put together without a line end, one
 * card begins on the line on which another ends.
 */
function splitCards(text: string): readonly Card[] {
  const cards: Card[] = []
  const open: OpenCard[] = []
  /** What stands in no card: of the one that a file was cut in, its beginning is missing. */
  let loose: OpenCard | undefined
  const close = (isWhole: boolean) => {
    const card = open.pop()
    if (card !== undefined && !isList(card)) cards.push({ ...card, isWhole })
  }
  const closeLoose = () => {
    if (loose !== undefined && isSomebody(loose)) cards.push({ ...loose, isWhole: false })
    loose = undefined
  }
  for (const { line, text: joined } of joinLines(text)) {
    for (const property of joined.split(/(?<=^\s*END:\s*VCARD)\s*(?=BEGIN:)/i)) {
      const around = open.at(-1)
      if (isBegin(property)) {
        closeLoose()
        if (around !== undefined && !mayHold(around, property)) close(false)
        else if (around !== undefined) around.holdsCards = true
        open.push({ line, properties: [], holdsCards: false })
      } else if (/^\s*END:\s*VCARD\s*$/i.test(property)) {
        closeLoose()
        close(true)
      } else if (around !== undefined) around.properties.push(property)
      else {
        loose ??= { line, properties: [], holdsCards: false }
        loose.properties.push(property)
      }
    }
  }
  // Of the last line half may be missing.
  if (!text.endsWith('\n')) open.at(-1)?.properties.pop()
  closeLoose()
  while (open.length > 0) close(false)
  return cards.sort((a, b) => a.line - b.line)
}

function isBegin(property: string): boolean {
  return /^\s*(?:(?:[\w-]+\.)?AGENT[^:]*:\s*)?BEGIN:\s*VCARD\s*$/i.test(property)
}

/** Whether the card that begins with `property` belongs into the one around it. */
function mayHold(around: OpenCard, property: string): boolean {
  const isAgent = (line: string) => /^\s*(?:[\w-]+\.)?AGENT\b/i.test(line)
  const last = around.properties.findLast((line) => line.trim() !== '') ?? ''
  return isAgent(property) || (isAgent(last) && /:\s*$/.test(last)) || !isSomebody(around)
}

/** Whether a card holds others and is nobody itself. */
function isList(card: OpenCard): boolean {
  return card.holdsCards && !isSomebody(card)
}

function isSomebody({ properties }: OpenCard): boolean {
  return properties.some((property) => /^(?:[\w-]+\.)?(?:FN|N|TEL)[:;]/i.test(property))
}

function readCard({ line, properties }: Card): ContactDraft | LineProblem {
  const parsed = properties.flatMap((property) => parseProperty(property) ?? [])
  const all = (name: string) => parsed.filter((property) => property.name === name)
  const first = (name: string) => all(name)[0]?.value ?? ''
  const labels = new Map(all('X-ABLABEL').map(({ group, value }) => [group, value]))
  const isMachine = ({ group, types }: VcardProperty) =>
    [...types, (group && labels.get(group)) ?? ''].some(isMachineText)
  const numbers = all('TEL')
    .filter((property) => !isMachine(property))
    .map(({ value }) => splitNumbers(unescapeValue(value)))
  const company =
    splitValue(first('ORG'), ';')
      .map(tidyText)
      .find((unit) => unit !== '') ?? ''
  const names = [
    tidyText(unescapeValue(first('FN'))),
    nameOf(first('N')),
    tidyText(splitValue(first('NICKNAME'), ',')[0] ?? ''),
  ]
  return judgeFields({
    line,
    // Programs write a dot or the number where they know no name.
    name:
      names.find((name) => /\p{L}/u.test(name)) ?? (company === '' ? (names.find((name) => name !== '') ?? '') : ''),
    company,
    phoneNumbers: numbers.flatMap((found) => found.numbers),
    leftovers: numbers.flatMap((found) => found.leftovers),
    tags: cleanTags(all('CATEGORIES').flatMap(({ value }) => splitValue(value, ','))),
  })
}

/**
 * Family name, given name, other names, title, suffix; several of each have commas between them. A suffix tells two people in one house
 * apart, a title does not.
 */
function nameOf(value: string): string {
  const [family = '', given = '', others = '', , suffix = ''] = splitValue(value, ';').map((part) =>
    part.replace(/,(?=\S)/g, ' '),
  )
  return joinName(`${given} ${others}`, `${family} ${suffix}`)
}
