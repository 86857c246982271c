import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { CONTACTS, type Contact } from './contacts.ts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** Where the CRM's own addresses begin: empty, or `/strict` for the pages under the strict policy. */
export type Base = '' | '/strict'

export function renderContactList(base: Base, contacts: readonly Contact[], query: string): Html {
  return renderPage(base, {
    title: 'Contacts',
    query,
    main: html`
      <header class="page-head">
        <h1>Contacts</h1>
        <p class="soft" id="count" aria-live="polite">${countContacts(contacts.length)}</p>
      </header>
      <div class="panel scrolls">
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Company</th>
              <th scope="col">Phone</th>
              <th scope="col">Stage</th>
              <th scope="col">Owner</th>
            </tr>
          </thead>
          <tbody id="contacts">
            ${contacts.map(
              (contact) => html`<tr>
                <td><a href="${base}/contacts/${contact.slug}">${contact.name}</a></td>
                <td>${contact.company}</td>
                <td class="number"><a href="tel:${contact.phone}">${contact.phoneText}</a></td>
                <td>${renderStage(contact)}</td>
                <td>${contact.owner}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `,
  })
}

export function renderContact(base: Base, contact: Contact): Html {
  return renderPage(base, {
    title: contact.name,
    current: contact,
    main: html`
      <header class="page-head person">
        <span class="avatar" aria-hidden="true">${initials(contact.name)}</span>
        <div>
          <h1>${contact.name}</h1>
          <p class="soft">${contact.role}, ${contact.company}</p>
        </div>
        ${renderStage(contact)}
      </header>
      <div class="columns">
        <section class="panel" aria-labelledby="details-title">
          <h2 id="details-title">Details</h2>
          <dl>
            <dt>Phone</dt>
            <dd class="number"><a href="tel:${contact.phone}">${contact.phoneText}</a></dd>
            <dt>Mobile</dt>
            <dd class="number">${contact.mobileText}</dd>
            <dt><label for="direct-dial">Direct dial</label></dt>
            <dd><input id="direct-dial" class="number" type="tel" value="${contact.phone}" readonly /></dd>
            <dt>Email</dt>
            <dd><a href="mailto:${contact.email}">${contact.email}</a></dd>
            <dt>City</dt>
            <dd>${contact.city}</dd>
            <dt>Owner</dt>
            <dd>${contact.owner}</dd>
          </dl>
        </section>
        <div class="stack">
          <section class="panel" aria-labelledby="orders-title">
            <h2 id="orders-title">Orders</h2>
            <table class="lines">
              <tbody>
                ${contact.orders.map(
                  ({ item, amount, status }) => html`<tr>
                    <th scope="row">${item}</th>
                    <td class="number">${amount}</td>
                    <td class="soft">${status}</td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </section>
          <section class="panel" aria-labelledby="activity-title">
            <h2 id="activity-title">Activity</h2>
            <ol class="activity" id="activity" data-calls="/contacts/${contact.slug}/calls">
              ${contact.activities.map(
                ({ date, kind, text }) => html`<li>
                  <p class="soft"><strong>${kind}</strong> · ${date}</p>
                  <p>${text}</p>
                </li>`,
              )}
            </ol>
          </section>
        </div>
      </div>
    `,
  })
}

export function renderMissing(base: Base): Html {
  return renderPage(base, {
    title: 'Not found',
    main: html`
      <header class="page-head"><h1>Not found</h1></header>
      <p>There is no such record. <a href="${base}/contacts">All contacts</a></p>
    `,
  })
}

function renderPage(
  base: Base,
  { title, main, query = '', current }: { title: string; main: Html; query?: string; current?: Contact },
): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Northwind CRM</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/crm.css" />
        <script type="module" src="/assets/crm.js"></script>
      </head>
      <body>
        <header class="top">
          <a class="brand" href="${base}/contacts"><img src="/assets/icon.svg" alt="" width="20" height="20" /> Northwind CRM</a>
          <form class="search" role="search" action="${base}/contacts">
            <input id="search" type="search" name="q" value="${query}" placeholder="Search contacts" aria-label="Search contacts" aria-keyshortcuts="/" autocomplete="off" />
            <kbd aria-hidden="true">/</kbd>
          </form>
          <span class="soft me">Bea Lindqvist</span>
        </header>
        <div class="body">
          <nav aria-label="Contacts">
            <a href="${base}/contacts" ${current === undefined ? html`aria-current="page"` : ''}>All contacts</a>
            <p class="soft" id="recent-title">Recently viewed</p>
            <ul aria-labelledby="recent-title">
              ${CONTACTS.map(
                (contact) =>
                  html`<li><a href="${base}/contacts/${contact.slug}" ${contact === current ? html`aria-current="page"` : ''}>${contact.name}</a></li>`,
              )}
            </ul>
          </nav>
          <main>${main}</main>
        </div>
      </body>
    </html>`
}

function renderStage({ stage }: Contact): Html {
  return html`<span class="stage">${stage}</span>`
}

function countContacts(count: number): string {
  return count === 1 ? '1 contact' : `${count} contacts`
}

function initials(name: string): string {
  return name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('')
}
