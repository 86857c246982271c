import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { type Listening, listen } from '../platform/listen.ts'

/**
 * Pages that mean ill, on loopback: `/record?trick=NAME` listens to everything from its first script on and then plays one of
 * the tricks in `assets/tricks.js`; `/framed?url=…` has a page twice in frames. No page knows a name or a number.
 */
export async function startHostileSite(): Promise<Listening> {
  const app = new Hono()
  for (const name of ['spy.js', 'tricks.js']) {
    app.get(`/${name}`, async (c) => {
      const script = await readFile(new URL(`./assets/${name}`, import.meta.url), 'utf8')
      return c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' })
    })
  }
  app.get('/record', (c) =>
    c.html(html`<!doctype html>
      <html lang="en">
        <head>
          <script src="/spy.js"></script>
          <title>Record</title>
        </head>
        <body>
          <h1>Record</h1>
          <label>Search <input id="search" /></label>
          <a id="next" href="/plain">Next</a>
          <script src="/tricks.js"></script>
        </body>
      </html>`),
  )
  app.get('/plain', (c) => c.html(html`<!doctype html><title>Plain</title><p>Plain</p>`))
  app.get('/framed', (c) =>
    c.html(html`<!doctype html>
      <title>Framed</title>
      ${[1, 2].map(() => html`<iframe src="${c.req.query('url') ?? ''}"></iframe>`)}`),
  )
  const site = await listen(app, { host: '127.0.0.1', port: 0 })
  return { ...site, url: site.url.replace('127.0.0.1', 'localhost') }
}
