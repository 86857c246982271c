import { html } from 'hono/html'
import type { Person } from '../people.ts'
import { type Html, renderPage } from './layout.ts'

/** The page from which a person replays recorded calls and places their own. Its script fills the list of calls. */
export function renderPhonePage(choices: {
  readonly streams: readonly { readonly name: string; readonly title: string }[]
  readonly outsideCallers: readonly { readonly from: string; readonly label: string }[]
  readonly colleagues: readonly Person[]
}): Html {
  return renderPage({
    title: 'Phone',
    script: '/assets/phone.js',
    body: html`
      <main>
        <header>
          <h1>Phone</h1>
          <p class="note">Northwind Bikes, an invented company on a stand-in for RingCentral.</p>
        </header>
        <p id="relay-notice" class="notice" role="status" hidden>No webhook is subscribed: start the relay.</p>
        <p id="problem" class="notice problem" role="alert" hidden></p>

        <section aria-labelledby="replay-title">
          <h2 id="replay-title">Replay a recorded call</h2>
          <ul class="rows">
            ${choices.streams.map(
              ({ name, title }) => html`<li class="row">
                <span class="grow">${title}</span>
                <span class="actions" role="group" aria-label="${title}">
                  <button type="button" data-replay="${name}" data-speed="1">As recorded</button>
                  <button type="button" data-replay="${name}" data-speed="10">10× faster</button>
                </span>
              </li>`,
            )}
          </ul>
        </section>

        <section aria-labelledby="place-title">
          <h2 id="place-title">Place a call</h2>
          <form id="place" class="fields">
            <label>
              Caller
              <select name="from">
                <optgroup label="Outside">
                  ${choices.outsideCallers.map(({ from, label }) => html`<option value="${from}">${label}</option>`)}
                </optgroup>
                <optgroup label="Colleagues">${choices.colleagues.map(renderPersonOption)}</optgroup>
              </select>
            </label>
            <label>
              Called agent
              <select name="to">
                ${choices.colleagues.map(renderPersonOption)}
              </select>
            </label>
            <button class="primary">Ring</button>
          </form>
        </section>

        <section aria-labelledby="calls-title">
          <h2 id="calls-title">Calls</h2>
          <p id="no-calls" class="note">No calls yet.</p>
          <ul id="calls" class="rows"></ul>
        </section>
      </main>
    `,
  })
}

function renderPersonOption({ extensionId, name, extensionNumber }: Person): Html {
  return html`<option value="${extensionId}">${name} · Ext. ${extensionNumber}</option>`
}
