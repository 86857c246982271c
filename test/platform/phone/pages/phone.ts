import { html } from 'hono/html'
import type { Person } from '../../people.ts'
import { type Html, renderPage } from './layout.ts'

interface NamedChoice {
  readonly name: string
  readonly title: string
}

/** The page from which a person plays scenarios and places calls of their own. Its script fills the list of calls. */
export function renderPhonePage(choices: {
  readonly scenarioGroups: readonly { readonly group: string; readonly scenarios: readonly NamedChoice[] }[]
  /** Whose part can be given to another. */
  readonly leadExtensionId: string
  readonly outsideCallers: readonly { readonly from: string; readonly label: string }[]
  readonly colleagues: readonly Person[]
  readonly queues: readonly { readonly extensionId: string; readonly name: string }[]
  /** What can go wrong as long as it is turned on, and what can happen once to the subscription. */
  readonly misbehaviours: readonly NamedChoice[]
  readonly mishaps: readonly NamedChoice[]
}): Html {
  const { scenarioGroups, leadExtensionId, outsideCallers, colleagues, queues, misbehaviours, mishaps } = choices
  return renderPage({
    title: 'Phone',
    style: '/assets/phone.css',
    script: '/assets/phone.js',
    body: html`
      <main class="phone">
        <header>
          <h1>Phone</h1>
          <p class="note">Northwind Bikes, an invented company on a stand-in for RingCentral.</p>
          <p id="relay-notice" class="notice" role="status" hidden>No webhook is subscribed: start the relay.</p>
          <p id="problem" class="notice problem" role="alert" hidden></p>
        </header>

        <section class="scenarios" aria-labelledby="scenarios-title">
          <div class="heading">
            <h2 id="scenarios-title">Play a scenario</h2>
            <span class="inline">
              <label for="as">As</label>
              <select id="as">
                ${colleagues.map((person) => renderPersonOption(person, person.extensionId === leadExtensionId))}
              </select>
            </span>
          </div>
          ${scenarioGroups.map(
            ({ group, scenarios }) => html`<details class="group" open>
              <summary>${group} <span class="note">${scenarios.length}</span></summary>
              <ul>
                ${scenarios.map(renderScenario)}
              </ul>
            </details>`,
          )}
        </section>

        <section class="place" aria-labelledby="place-title">
          <h2 id="place-title">Place a call</h2>
          <form id="place" class="fields">
            <label>
              Caller
              <select name="from">
                <optgroup label="Outside">
                  ${outsideCallers.map(({ from, label }) => html`<option value="${from}">${label}</option>`)}
                </optgroup>
                <optgroup label="Colleagues">${colleagues.map((person) => renderPersonOption(person))}</optgroup>
              </select>
            </label>
            <label>
              Called agent
              <select name="to">
                ${colleagues.map((person) => renderPersonOption(person))}
                ${queues.map(({ extensionId, name }) => html`<option value="${extensionId}">${name} · queue</option>`)}
              </select>
            </label>
            <button class="primary">Ring</button>
          </form>
        </section>

        <section class="calls" aria-labelledby="calls-title">
          <h2 id="calls-title">Calls</h2>
          <p id="no-calls" class="note">No calls yet.</p>
          <ul id="calls" class="rows"></ul>
        </section>

        <section class="faults" aria-labelledby="faults-title">
          <h2 id="faults-title">Let things go wrong</h2>
          <details class="group">
            <summary>Faults <span class="note" id="faults-on"></span></summary>
            <ul>
              ${misbehaviours.map(renderMisbehaviour)}
            </ul>
            <p class="inline" role="group" aria-label="The subscription">
              <span class="note">The subscription:</span>
              ${mishaps.map(({ name, title }) => html`<button type="button" data-mishap="${name}">${title}</button>`)}
            </p>
          </details>
        </section>
      </main>
    `,
  })
}

function renderScenario({ name, title }: NamedChoice): Html {
  return html`<li class="row compact" data-scenario="${name}">
    <span class="grow" id="title-${name}">${title}</span>
    <span class="actions" role="group" aria-labelledby="title-${name}">
      <button type="button" data-speed="1">Play</button>
      <button type="button" data-speed="10">10× faster</button>
    </span>
  </li>`
}

function renderMisbehaviour({ name, title }: NamedChoice): Html {
  return html`<li class="row compact">
    <label class="inline"><input type="checkbox" data-misbehaviour="${name}" /> ${title}</label>
  </li>`
}

function renderPersonOption({ extensionId, name, extensionNumber }: Person, isSelected = false): Html {
  return html`<option value="${extensionId}" ${isSelected ? 'selected' : ''}>${name} · Ext. ${extensionNumber}</option>`
}
