import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SETTINGS } from '../relay/config.ts'

/** What the README promises, held against what there is. */

const root = new URL('..', import.meta.url)
const readme = readFileSync(new URL('README.md', root), 'utf8')
const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))

describe('the README', () => {
  it.each(Object.values(SETTINGS))('lists $name as it is', ({ name, isRequired, defaultText, meaning }) => {
    const shownDefault = isRequired ? 'required' : defaultText === undefined ? '–' : `\`${defaultText}\``
    expect(readme).toContain(`| \`${name}\` | ${shownDefault} | ${meaning} |`)
  })

  it('names only commands that there are', () => {
    const named = [...readme.matchAll(/npm (?:run )?(start|test|[a-z:]+)(?=[\s`])/g)].map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(10)
    for (const name of named) expect(name === 'ci' || name in scripts, `npm run ${name}`).toBe(true)
  })

  it('shows pictures that there are', () => {
    const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path = '']) => path)
    expect(pictures).toHaveLength(2)
    for (const path of pictures) expect(readFileSync(new URL(path, root)).subarray(1, 4).toString()).toBe('PNG')
  })
})
