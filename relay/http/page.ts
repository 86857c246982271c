import { createHash } from 'node:crypto'
import type { Context } from 'hono'

export interface Page {
  readonly title: string
  readonly text: string
  /** 400 unless given. */
  readonly status?: 400 | 429
  /** When to try again, in seconds. */
  readonly retryAfterS?: number
}

/** A small page that tells a person in a browser what went wrong. */
export function respondPage(c: Context, { title, text, status = 400, retryAfterS }: Page): Response {
  return respondDocument(c, {
    language: 'en',
    title,
    body: `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>`,
    status,
    ...(retryAfterS !== undefined && { headers: { 'retry-after': String(retryAfterS) } }),
  })
}

export interface PageDocument {
  /** In which it is written. */
  readonly language: string
  readonly title: string
  /** HTML: what is not ours in it has been through {@link escapeHtml}. */
  readonly body: string
  /** Of ours alone, besides what every page has. */
  readonly style?: string
  /** Of ours alone: the browser runs this text and no other. */
  readonly script?: string
  readonly status: 200 | 400 | 429
  readonly headers?: Readonly<Record<string, string>>
}

/** A page for a person in a browser, with the headers that keep it harmless. */
export function respondDocument(c: Context, page: PageDocument): Response {
  const { language, title, body, style = '', script, status, headers = {} } = page
  return c.html(
    `<!doctype html>
<html lang="${escapeHtml(language)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}${style}</style>
${body}
${script === undefined ? '' : `<script>${script}</script>\n`}</html>
`,
    status,
    {
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; ${allowScript(script)}base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      ...headers,
    },
  )
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color-scheme:light dark}'

function allowScript(script: string | undefined): string {
  if (script === undefined) return ''
  return `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; `
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
