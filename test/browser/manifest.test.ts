import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { EXTENSION_ID } from '../../shared/extension-key.ts'

const build = new URL('../../.output/chrome-mv3', import.meta.url).pathname
let manifest: Record<string, unknown>

beforeAll(async () => {
  manifest = JSON.parse(await readFile(join(build, 'manifest.json'), 'utf8'))
})

describe('the built manifest', () => {
  it('asks for nothing but what it needs, and for no site', () => {
    expect(manifest.permissions).toEqual(['storage', 'alarms', 'scripting', 'identity', 'sidePanel', 'offscreen'])
    // It is offered to who watches others, and to nobody else: by the worker, when it knows.
    expect(manifest).not.toHaveProperty('side_panel')
    expect(manifest.optional_host_permissions).toEqual(['https://*/*', 'http://*/*'])
    expect(manifest).not.toHaveProperty('host_permissions')
    expect(manifest.optional_permissions).toEqual(['notifications'])
  })

  it('suggests a key for each command, with words in every language', async () => {
    const commands = manifest.commands as Record<string, { description: string; suggested_key: Record<string, string> }>
    expect(Object.keys(commands)).toEqual(['focus-card', 'fold-card', 'raise-hand', 'show-card'])
    // On a Mac, Alt writes letters; Ctrl alone belongs to Chrome elsewhere.
    for (const { suggested_key } of Object.values(commands)) {
      expect(suggested_key.default).toMatch(/^Alt\+Shift\+[A-Z]$/)
      expect(suggested_key.mac).toMatch(/^MacCtrl\+Shift\+[A-Z]$/)
    }
    const english = JSON.parse(await readFile(join(build, '_locales/en/messages.json'), 'utf8'))
    for (const { description } of Object.values(commands)) {
      expect(english).toHaveProperty(description.replace(/^__MSG_(.*)__$/, '$1'))
    }
  })

  it('puts nothing on a page by itself and offers nothing to one', () => {
    expect(manifest.content_scripts ?? []).toEqual([])
    expect(manifest).not.toHaveProperty('web_accessible_resources')
    expect(manifest).not.toHaveProperty('externally_connectable')
  })

  it('has the id that the relay lets in', () => {
    const digest = createHash('sha256')
      .update(Buffer.from(String(manifest.key), 'base64'))
      .digest('hex')
    const id = digest.slice(0, 32).replaceAll(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
    expect(id).toBe(EXTENSION_ID)
  })

  it('names itself in words that can be translated, and runs from Chrome 120', async () => {
    expect(manifest).toMatchObject({
      manifest_version: 3,
      default_locale: 'en',
      minimum_chrome_version: '120',
      name: '__MSG_extension_name__',
      description: '__MSG_extension_description__',
      version: JSON.parse(await readFile(join(build, '../../package.json'), 'utf8')).version,
    })
  })

  it('has an icon of each size, of that size', async () => {
    const icons = manifest.icons as Record<string, string>
    expect(Object.keys(icons)).toEqual(['16', '32', '48', '128'])
    for (const [size, path] of Object.entries(icons)) {
      const png = await readFile(join(build, path))
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([Number(size), Number(size)])
    }
  })

  it('has every word in every language', async () => {
    const languages = await readdir(join(build, '_locales'))
    expect(languages).toEqual(expect.arrayContaining(['de', 'en']))
    const read = async (language: string) =>
      JSON.parse(await readFile(join(build, '_locales', language, 'messages.json'), 'utf8'))
    const english = await read('en')
    for (const language of languages) {
      const messages = await read(language)
      expect(Object.keys(messages).sort(), language).toEqual(Object.keys(english).sort())
      expect(messages.extension_description.message.length, language).toBeLessThanOrEqual(132)
    }
  })
})

describe('the pages', () => {
  it('come in one script and one style sheet each', async () => {
    const pages = (await readdir(build)).filter((name) => name.endsWith('.html'))
    expect(pages).toEqual(expect.arrayContaining(['popup.html', 'reports.html', 'options.html', 'board.html']))
    for (const page of pages) {
      const html = await readFile(join(build, page), 'utf8')
      const [, script = ''] = /<script type="module" crossorigin src="(.+?)">/.exec(html) ?? []
      const code = await readFile(join(build, script), 'utf8')
      expect([...html.matchAll(/rel="stylesheet"/g)].length, page).toBeLessThanOrEqual(1)
      // What is imported only when it is asked for may have a part in common with the page.
      expect([...code.matchAll(/^import\b[^(]*?["'](.+?)["']/gm)].length, page).toBeLessThanOrEqual(1)
    }
  })
})

describe('the scripts', () => {
  it.each(['background.js', 'card.js', 'page-link.js', 'page-numbers.js'])('%s runs no text as code', async (file) => {
    const code = await readFile(join(build, file), 'utf8')
    expect(/\beval\(|new Function\(/.test(code)).toBe(false)
  })

  it.each(['background.js', 'card.js'])(
    '%s is built for people, without traces of where it was built',
    async (file) => {
      const code = await readFile(join(build, file), 'utf8')
      expect(code.includes(join(build, '../..'))).toBe(false)
    },
  )
})

describe('the package for the store', () => {
  it('brings no key of its own, and is the same in everything else', async () => {
    await promisify(execFile)('npm', ['run', 'zip'], {
      cwd: join(build, '../..'),
      env: { ...process.env, NODE_ENV: 'production' },
    })
    const packed = JSON.parse(await readFile(join(build, '../chrome-mv3-store/manifest.json'), 'utf8'))
    const { key: _, ...rest } = manifest
    expect(packed).toEqual(rest)
  })
})
