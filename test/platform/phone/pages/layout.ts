import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** The frame that the stand-in's pages share. `style` and `script` are addresses of what the page has of its own. */
export function renderPage(page: { title: string; body: Html; style?: string; script?: string }): Html {
  const { title, body, style, script } = page
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Stand-in RingCentral</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/pages.css" />
        ${style === undefined ? '' : html`<link rel="stylesheet" href="${style}" />`}
        ${script === undefined ? '' : html`<script type="module" src="${script}"></script>`}
      </head>
      <body>
        ${body}
      </body>
    </html>`
}
