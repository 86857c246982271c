/**
 * Reads a Python literal of dictionaries, lists, strings, numbers, `True`, `False` and `None`: the form in which recorded
 * streams were printed. Throws a `SyntaxError` that says at which character what was expected.
 */
export function parsePythonLiteral(text: string): unknown {
  const reader = new LiteralReader(text)
  const value = reader.readValue()
  reader.expectEnd()
  return value
}

const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['True', true],
  ['False', false],
  ['None', null],
])
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
const MAX_DEPTH = 64

class LiteralReader {
  private readonly text: string
  private index = 0
  private depth = 0

  constructor(text: string) {
    this.text = text
  }

  readValue(): unknown {
    this.skipSpace()
    const next = this.text[this.index]
    if (next === '{') return this.nest(() => this.readDictionary())
    if (next === '[') return this.nest(() => this.readSequence('[', ']'))
    if (next === '(') return this.nest(() => this.readSequence('(', ')'))
    if (next === "'" || next === '"') return this.readString(next)
    return this.readNumberOrWord()
  }

  expectEnd(): void {
    this.skipSpace()
    if (this.index < this.text.length) this.fail('the end of the line')
  }

  private nest<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) this.fail(`at most ${MAX_DEPTH} levels`)
    const value = read()
    this.depth--
    return value
  }

  private readDictionary(): Record<string, unknown> {
    const entries: [string, unknown][] = []
    this.readItems('{', '}', () => {
      const key = this.readValue()
      if (typeof key !== 'string') this.fail('a string as key')
      this.expect(':')
      entries.push([key, this.readValue()])
    })
    // Not by assignment: a key named __proto__ is a key like any other.
    return Object.fromEntries(entries)
  }

  private readSequence(open: string, close: string): unknown[] {
    const items: unknown[] = []
    this.readItems(open, close, () => items.push(this.readValue()))
    return items
  }

  private readItems(open: string, close: string, readItem: () => void): void {
    this.expect(open)
    while (!this.accept(close)) {
      readItem()
      if (this.accept(close)) return
      this.expect(',')
    }
  }

  private readString(quote: string): string {
    let value = ''
    for (this.index++; this.text[this.index] !== quote; this.index++) {
      const char = this.text[this.index]
      if (char === undefined) this.fail(`a closing ${quote}`)
      value += char === '\\' ? this.readEscape() : char
    }
    this.index++
    return value
  }

  private readEscape(): string {
    const char = this.text[++this.index]
    if (char === undefined) this.fail('a character after the backslash')
    const digits = { x: 2, u: 4, U: 8 }[char]
    if (digits === undefined) return ESCAPES[char] ?? char
    const hex = this.text.slice(this.index + 1, this.index + 1 + digits)
    if (hex.length < digits || !/^[0-9a-f]+$/i.test(hex)) this.fail(`${digits} hexadecimal digits`)
    const codePoint = Number.parseInt(hex, 16)
    if (codePoint > 0x10ffff) this.fail('a Unicode character')
    this.index += digits
    return String.fromCodePoint(codePoint)
  }

  private readNumberOrWord(): unknown {
    const token = /[\w.+-]*/y
    token.lastIndex = this.index
    const [word = ''] = token.exec(this.text) ?? []
    const isNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(word)
    if (!isNumber && !WORDS.has(word)) this.fail('a value')
    this.index += word.length
    return isNumber ? Number(word) : WORDS.get(word)
  }

  private accept(char: string): boolean {
    this.skipSpace()
    if (this.text[this.index] !== char) return false
    this.index++
    return true
  }

  private expect(char: string): void {
    if (!this.accept(char)) this.fail(`"${char}"`)
  }

  private skipSpace(): void {
    while (/\s/.test(this.text[this.index] ?? '')) this.index++
  }

  private fail(expected: string): never {
    const found = this.text[this.index]
    throw new SyntaxError(
      `character ${this.index + 1} should be ${expected}, but is ${found === undefined ? 'the end' : `"${found}"`}`,
    )
  }
}
