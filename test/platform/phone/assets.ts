import { readFile } from 'node:fs/promises'
import type { Hono } from 'hono'
import type { LogEnv } from '../api/request-log.ts'

const ASSETS = {
  'pages.css': 'text/css; charset=utf-8',
  'phone.css': 'text/css; charset=utf-8',
  'phone.js': 'text/javascript; charset=utf-8',
} as const

/** Serves the style and the script of the stand-in's pages. */
export function serveAssets(app: Hono<LogEnv>): void {
  for (const [name, contentType] of Object.entries(ASSETS)) {
    app.get(`/assets/${name}`, async (c) => {
      const text = await readFile(new URL(`./pages/${name}`, import.meta.url), 'utf8')
      return c.body(text, 200, { 'content-type': contentType, 'cache-control': 'no-cache' })
    })
  }
}
