import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseMessagesFile } from '@wxt-dev/i18n/build'
import { beforeAll, describe, expect, it } from 'vitest'

/** Whatever a person reads comes from locales/, in every language, and every number and date is written by Intl. */

const root = new URL('../..', import.meta.url).pathname

interface Message {
  readonly key: string
  /** Every way in which it is said: several where it depends on a count. */
  readonly texts: readonly string[]
}

interface Source {
  readonly path: string
  /** Without comments. */
  readonly code: string
}

/** Every language that there is a file for, by its code. */
let languages: ReadonlyMap<string, readonly Message[]>
/** The one that the others are held against: Chrome falls back to it. */
let english: readonly Message[]
let sources: readonly Source[]

beforeAll(async () => {
  ;[languages, sources] = await Promise.all([readLanguages(), readSources()])
  english = languages.get('en') ?? []
})

async function readLanguages(): Promise<ReadonlyMap<string, readonly Message[]>> {
  const codes = (await readdir(join(root, 'locales'))).map((name) => basename(name, '.yml'))
  return new Map(await Promise.all(codes.map(async (code) => [code, await readMessages(code)] as const)))
}

async function readMessages(language: string): Promise<readonly Message[]> {
  const messages = await parseMessagesFile(join(root, 'locales', `${language}.yml`))
  // `@@…` is what Chrome itself says.
  const ours = messages.filter(({ key }) => !key[0]?.startsWith('@@'))
  return ours.map((message) => ({
    key: message.key.join('.'),
    texts: message.type === 'plural' ? Object.values(message.plurals) : [message.message],
  }))
}

async function readSources(): Promise<readonly Source[]> {
  const names = await readdir(join(root, 'entrypoints'), { recursive: true })
  const paths = ['wxt.config.ts', ...names.filter((name) => /\.tsx?$/.test(name)).map((name) => `entrypoints/${name}`)]
  return Promise.all(
    paths.map(async (path) => ({ path, code: stripComments(await readFile(join(root, path), 'utf8')) })),
  )
}

function stripComments(code: string): string {
  return code.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '')
}

/** What stands in place of something, each once, in order: `$1`. */
function readPlaceholders({ texts }: Message): readonly string[] {
  return [...new Set(texts.flatMap((text) => text.match(/\$\d/g) ?? []))].toSorted()
}

/** Where a pattern is found, as "file: match". */
function find(pattern: RegExp, isMeant: (source: Source) => boolean = () => true): readonly string[] {
  return sources
    .filter(isMeant)
    .flatMap(({ path, code }) => [...code.matchAll(pattern)].map(([match]) => `${path}: ${match.trim()}`))
}

describe('the languages', () => {
  it('have the same words, with the same things in them', () => {
    const describeAll = (messages: readonly Message[]) =>
      messages.map((message) => [message.key, ...readPlaceholders(message)].join(' ')).toSorted()
    expect([...languages.keys()]).toEqual(expect.arrayContaining(['de', 'en']))
    for (const [code, messages] of languages) expect(describeAll(messages), code).toEqual(describeAll(english))
  })

  it('leave nothing empty, and shout at nobody', () => {
    const bad = [...languages.values()]
      .flat()
      .filter(({ texts }) => texts.some((text) => text.trim() === '' || /!/.test(text)))
    expect(bad).toEqual([])
  })

  it('have no word that nobody says', () => {
    const everything = sources.map(({ code }) => code).join('\n')
    const literals = new Set([...everything.matchAll(/'([\w.]+)'/g)].map(([, text]) => text))
    // A key that is put together: `phase.${phase}` stands for everything right under `phase`.
    const patterns = [...everything.matchAll(/`([\w.]*\.[^`\s]*\$\{[^`]*)`/g)].map(
      ([, text = '']) => new RegExp(`^${text.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '\\w+')}$`),
    )
    const isSaid = (key: string) =>
      literals.has(key) ||
      patterns.some((pattern) => pattern.test(key)) ||
      everything.includes(`__MSG_${key.replaceAll('.', '_')}__`)
    expect(english.map(({ key }) => key).filter((key) => !isSaid(key))).toEqual([])
  })
})

describe('what a person reads', () => {
  const isDrawn = ({ path }: Source) => path.endsWith('.tsx')
  const TEXT = /(?<!=)>[^<>{}=;|&()]*[A-Za-z]{2,}[^<>{}=;|&()]*(?=<\/|\{[a-z])/g
  const ATTRIBUTE =
    /\b(?:title|alt|label|placeholder|button|aria-label|aria-description)="(?:[^"]* [^"]*|[A-Za-z]+|[^"]*[äöüß][^"]*)"/g

  it('is no text between tags', () => {
    expect(find(TEXT, isDrawn)).toEqual([])
  })

  it('is no text in an attribute; an address shows what one looks like in any language', () => {
    expect(find(ATTRIBUTE, isDrawn)).toEqual([])
  })

  it.each([
    ['<p class="quiet">Relay address</p>', TEXT],
    ['<p>Signed in as {name}</p>', TEXT],
    ['<button title="Hide this call" />', ATTRIBUTE],
    ['<input placeholder="Search" />', ATTRIBUTE],
  ])('would be found here: %s', (code, pattern) => {
    expect(code.match(pattern)).toHaveLength(1)
  })
})

describe('numbers and dates', () => {
  it('are written by Intl, in a language that was chosen', () => {
    expect(find(/\.toLocale\w*String\((?=\)|undefined|\[\])/g)).toEqual([])
    // Without a language only what is asked of the machine, never what is read: `.resolvedOptions()`.
    expect(find(/\bIntl\.\w+\(\)(?!\.resolvedOptions)/g)).toEqual([])
    expect(find(/\bIntl\.\w+\(undefined/g)).toEqual([])
  })

  it('have no month or weekday of their own', () => {
    expect(
      find(/['"`](?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Okt|Nov|Dec|Dez|Mon|Tue|Wed|Thu|Fri|Sat|Sun)['"`]/g),
    ).toEqual([])
    expect(
      find(/\b(?:January|February|October|December|Monday|Tuesday|Sunday|Januar|Oktober|Montag|Sonntag)\b/g),
    ).toEqual([])
  })
})
