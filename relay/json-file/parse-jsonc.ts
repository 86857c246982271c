import {
  createScanner,
  findNodeAtLocation,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import type { Complain, Place } from './fault.ts'
import { createPlaces } from './places.ts'

/** A text of JSON with comments and trailing commas, as the value that it means and where each part of that stands. */
export interface ParsedJsonc {
  readonly value: unknown
  /** Where the value at this path begins; where that is missing, the nearest that holds it. */
  placeOf(path: JsoncPath): Place
  /** Where the name of the property at this path stands. */
  placeOfName(path: JsoncPath): Place
}

export type JsoncPath = readonly (string | number)[]

/** The parser calls itself for each level; nothing that we read has half as many. */
const MAX_LEVELS = 20

/**
 * `undefined` where the text is no JSON: what is meant by the rest of it is a guess then. A name that stands twice in an object is
 * a fault as well, but leaves the value of the first.
 */
export function parseJsonc(text: string, complain: Complain): ParsedJsonc | undefined {
  const placeAt = createPlaces(text)
  const depth = findTooDeep(text)
  if (depth !== undefined) {
    complain(placeAt(depth), `the file should have at most ${MAX_LEVELS} levels of brackets`)
    return undefined
  }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true })
  if (root === undefined && !/\S/.test(text)) {
    complain(placeAt(0), 'the file should have an object, but is empty')
    return undefined
  }
  let lastLine = 0
  for (const { error, offset } of errors) {
    const place = placeAt(offset)
    // What follows on the same line is as a rule the same fault once more.
    if (place.line > lastLine) complain(place, SYNTAX[printParseErrorCode(error)] ?? 'this is no JSON')
    lastLine = place.line
  }
  if (root === undefined || errors.length > 0) return undefined

  return {
    value: readValue(root, (node, reason) => complain(placeAt(node.offset), reason)),
    placeOf: (path) => placeAt(findNearest(root, path).offset),
    placeOfName(path) {
      const { parent, offset } = findNearest(root, path)
      return placeAt(parent?.type === 'property' ? parent.offset : offset)
    },
  }
}

/** Where a bracket opens one level too many. */
function findTooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true)
  let levels = 0
  for (;;) {
    scanner.scan()
    if (scanner.getTokenLength() === 0) return undefined
    const first = text[scanner.getTokenOffset()]
    if (first === '{' || first === '[') levels += 1
    if (first === '}' || first === ']') levels -= 1
    if (levels > MAX_LEVELS) return scanner.getTokenOffset()
  }
}

/** What every object has by itself: a property of such a name would pass for that. */
const isInherited = (name: string): boolean => name in Object.prototype || name === 'prototype'

function readValue(node: Node, complain: (node: Node, reason: string) => void): unknown {
  const { type, children = [] } = node
  if (type === 'array') return children.map((child) => readValue(child, complain))
  if (type !== 'object') return node.value
  const properties = new Map<string, unknown>()
  for (const { children: [name, value] = [] } of children) {
    if (name === undefined || value === undefined) continue
    if (isInherited(name.value)) complain(name, 'a name should be another: JavaScript keeps this one for itself')
    else if (properties.has(name.value))
      complain(name, 'a name should stand once in an object, but this one stands twice')
    else properties.set(name.value, readValue(value, complain))
  }
  return Object.fromEntries(properties)
}

function findNearest(root: Node, path: JsoncPath): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length))
    if (node !== undefined) return node
  }
  return root
}

const SYNTAX: Readonly<Record<string, string>> = {
  InvalidSymbol: 'there should be a value here: a text in double quotes, a number, true, false, { or [',
  InvalidNumberFormat: 'a number should be written in digits like 12 or 1.5',
  PropertyNameExpected: 'there should be a name in double quotes here',
  ValueExpected: 'there should be a value here: a text in double quotes, a number, true, false, { or [',
  ColonExpected: 'there should be a colon here',
  CommaExpected: 'there should be a comma before this',
  CloseBraceExpected: 'there should be a } here',
  CloseBracketExpected: 'there should be a ] here',
  EndOfFileExpected: 'the file should end here, after one object',
  InvalidCommentToken: 'a comment should begin with // or /*',
  UnexpectedEndOfComment: 'a comment that begins with /* should end with */',
  UnexpectedEndOfString: 'a text should end with a double quote on its line',
  UnexpectedEndOfNumber: 'a number should be written in digits like 12 or 1.5',
  InvalidUnicode: 'a character should be written like \\u00e9 after \\u',
  InvalidEscapeCharacter: 'a backslash in a text should be followed by one of " \\ / b f n r t u',
  InvalidCharacter: 'a text should have no line breaks and no control characters: write \\n for one',
}
