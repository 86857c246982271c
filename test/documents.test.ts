import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CRMS } from '../entrypoints/lib/crm/crms.ts'
import { SETTINGS } from '../relay/setting-definitions.ts'
import { LAYERS } from './architecture/layers.ts'

/** What the documents promise, held against what there is. */

const root = new URL('..', import.meta.url).pathname
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { scripts } = JSON.parse(read('package.json'))

/** Every Markdown file of the project, by its path. */
const documents = new Map(listDocuments('').map((path) => [path, read(path)] as const))

function listDocuments(folder: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isFile()) return path.endsWith('.md') ? [path] : []
    const isOurs = entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.')
    return isOurs ? listDocuments(path) : []
  })
}

/** The targets of a document's links and pictures, without those to other sites. */
function listLinks(markdown: string): readonly string[] {
  const text = markdown.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '')
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^\w+:/.test(target))
}

/** The anchors that GitHub gives a document's headings. */
function listAnchors(markdown: string): readonly string[] {
  const headings = markdown.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  )
}

/** Why a link of a document leads nowhere; `undefined`: it does not. */
function findLinkFault(path: string, target: string): string | undefined {
  const [file = '', anchor] = target.split('#')
  const linked = file === '' ? path : join(dirname(path), file)
  if (!existsSync(join(root, linked))) return `${target}: there is no ${linked}`
  if (anchor === undefined) return undefined
  const isThere = listAnchors(documents.get(linked) ?? '').includes(anchor)
  return isThere ? undefined : `${target}: ${linked} has no heading with this anchor`
}

describe('every document', () => {
  it.each([...documents])('%s links to files and headings that there are', (path, markdown) => {
    expect(listLinks(markdown).flatMap((target) => findLinkFault(path, target) ?? [])).toEqual([])
  })

  it.each([...documents])('%s names only commands that there are', (_path, markdown) => {
    const named = [...markdown.matchAll(/npm (?:run )?(start|test|[a-z:]+)(?=[\s`])/g)].map(([, name = '']) => name)
    for (const name of named) expect(name === 'ci' || name in scripts, `npm run ${name}`).toBe(true)
  })

  it.each([
    ['README.md', 'docs/NOWHERE.md', 'docs/NOWHERE.md: there is no docs/NOWHERE.md'],
    ['docs/run.md', 'PRIVACY.md#nowhere', 'PRIVACY.md#nowhere: docs/PRIVACY.md has no heading with this anchor'],
    ['docs/run.md', '#settings', undefined],
    ['docs/run.md', '../relay/log/LOG.md', undefined],
  ])('of %s a link to %s is judged', (path, target, fault) => {
    expect(findLinkFault(path, target)).toBe(fault)
  })
})

describe('README.md', () => {
  const readme = read('README.md')

  it('is short, and begins with two commands', () => {
    expect(readme.split('\n').length).toBeLessThan(170)
    expect(readme).toContain('```sh\nnpm ci && npm start\nnpm ci && npm test\n```')
  })

  it('shows pictures that there are', () => {
    const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path = '']) => path)
    expect(pictures).toHaveLength(2)
    for (const path of pictures) expect(readFileSync(join(root, path)).subarray(1, 4).toString()).toBe('PNG')
  })

  it('leads to every other document, but the notes of single streams', () => {
    const others = [...documents.keys()].filter((path) => path !== 'README.md' && !path.endsWith('/notes.md'))
    expect(others.length).toBeGreaterThan(8)
    expect(listLinks(readme)).toEqual(expect.arrayContaining(others))
  })

  it.each(CRMS)('names $name', ({ name }) => {
    expect(readme).toContain(name)
    expect(read('docs/USING.md')).toContain(name)
  })
})

describe('docs/run.md', () => {
  it.each(Object.values(SETTINGS))('lists $name as it is', ({ name, isRequired, defaultText, meaning }) => {
    const shownDefault = isRequired ? 'required' : defaultText === undefined ? '–' : `\`${defaultText}\``
    expect(read('docs/run.md')).toContain(`| \`${name}\` | ${shownDefault} | ${meaning} |`)
  })

  it('lists no setting that there is not', () => {
    const listed = [...read('docs/run.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name)
    expect(listed).toEqual(Object.values(SETTINGS).map(({ name }) => name))
  })
})

describe('shared/README.md', () => {
  const rows = [...read('shared/README.md').matchAll(/^\| (?!word)([a-z]+) \| .+ \| (.+) \|$/gm)]
  const uses = rows.flatMap(([, word = '', code = '']) =>
    [...code.matchAll(/`(\w+)` in \[[^\]]+\]\(([^)]+)\)/g)].map(
      ([, name = '', file = '']) => [word, name, file] as const,
    ),
  )

  it('has some twenty-five words, each once', () => {
    expect(rows.length).toBeGreaterThanOrEqual(25)
    expect(new Set(rows.map(([, word]) => word)).size).toBe(rows.length)
    expect(new Set(uses.map(([word]) => word)).size).toBe(rows.length)
  })

  it.each(uses)('%s: %s is in %s', (_word, name, file) => {
    expect(read(join('shared', file))).toMatch(new RegExp(`\\b${name}\\b`))
  })
})

describe('docs/CHANGING.md', () => {
  it('has as many files in each walk as it says', () => {
    const page = read('docs/CHANGING.md')
    const walks = [...page.matchAll(/^\| \[[^\]]+\]\(#([\w-]+)\) \| (?:\d+ to )?(\d+) \|/gm)]
    expect(walks.length).toBeGreaterThan(5)
    for (const [, anchor = '', files] of walks) {
      const section = page.split(/^## /m).find((text) => listAnchors(`## ${text}`)[0] === anchor) ?? ''
      const steps = [...section.matchAll(/^(\d+)\. /gm)].map(([, step]) => Number(step))
      expect(steps, anchor).toEqual(Array.from({ length: Number(files) }, (_, index) => index + 1))
    }
  })

  it('lists every command', () => {
    const page = read('docs/CHANGING.md')
    const named = [...page.matchAll(/^\| `npm (?:run )?([a-z:]+)/gm)].map(([, name = '']) => name)
    expect(new Set(named)).toEqual(new Set(Object.keys(scripts)))
  })
})

describe('docs/ARCHITECTURE.md', () => {
  const folders = (path: string) =>
    readdirSync(join(root, path)).filter((name) => statSync(join(root, path, name)).isDirectory())

  it.each(['shared', 'relay', 'entrypoints'])('names every folder of %s/', (parent) => {
    const page = read('docs/ARCHITECTURE.md')
    const [, section = ''] = new RegExp(`^${parent}/(.*(?:\n +.*)*)`, 'm').exec(page) ?? []
    const unnamed = folders(parent).filter((name) => !section.includes(name))
    expect(unnamed).toEqual([])
  })
})

describe('test/bench/RESULTS.md', () => {
  it('has a row of every benchmark, and of no other', () => {
    const ids = readdirSync(join(root, 'test/bench'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => /\bid: '(B\d+)'/.exec(read(`test/bench/${path}`))?.[1] ?? [])
    const rows = [...read('test/bench/RESULTS.md').matchAll(/^\| (B\d+) /gm)].map(([, id]) => id)
    expect(new Set(rows)).toEqual(new Set(ids))
    expect(ids.length).toBeGreaterThan(5)
  })
})

describe('ARCHITECTURE.md', () => {
  it('names every room', () => {
    const text = read('docs/ARCHITECTURE.md')
    const rooms = Object.keys(LAYERS).filter((room) => !room.endsWith('.ts'))
    const isNamed = (room: string): boolean => new RegExp(`\\b${basename(room)}\\b`).test(text)
    expect(rooms.filter((room) => !isNamed(room))).toEqual([])
  })
})
