/**
 * Pages in outline: how each CRM lays out a record is what matters to whoever reads numbers there. Each record also has a
 * number of somebody else's on it, and where the CRM keeps other records in the page, those too.
 */

/** The page at an address; `undefined`: there is none. */
export function findPage({ hostname, pathname, search }: URL): string | undefined {
  const page = PAGES.find(({ host, path }) => host.test(hostname) && path.test(pathname + search))
  return page && render(page)
}

interface Page {
  readonly host: RegExp
  /** Of the path with the query. */
  readonly path: RegExp
  readonly title: string
  readonly body: string
}

/** As the sample CRM has them: Ada Winter has +14085550123, Grace Okonkwo +12065550147, Priya Natarajan +442079460018. */
const PAGES: readonly Page[] = [
  {
    host: /\.lightning\.force\.com$/,
    path: /^\/lightning\/r\/Contact\/0035g00000ADA1\/view/,
    title: 'Ada Winter | Contact | Salesforce',
    body: `
      <div class="windowViewMode-normal slds-hide" style="display: none">${lightningPhone('2065550147', '(206) 555-0147')}</div>
      <div class="windowViewMode-normal active">
        <header class="slds-page-header"><h1>Ada Winter</h1></header>
        ${lightningPhone('4085550123', '(408) 555-0123')}
      </div>`,
  },
  {
    host: /\.lightning\.force\.com$/,
    path: /^\/lightning\/r\/Contact\/0035g00000VF1\/view/,
    title: 'Ada Winter in a frame | Salesforce',
    body: '<h1>Ada Winter</h1><iframe src="https://acme--c.vf.force.com/apex/Phone" title="Visualforce"></iframe>',
  },
  {
    host: /\.vf\.force\.com$/,
    path: /^\/apex\/Phone$/,
    title: 'Visualforce',
    body: '<p>Phone: 408.555.0123</p>',
  },
  {
    host: /^app\.hubspot\.com$/,
    path: /^\/contacts\/42\/record\/0-1\/101/,
    title: 'Ada Winter',
    body: `
      <main data-test-id="record-highlight-main-content">
        <h2 data-selenium-test="highlightTitle">Ada Winter</h2>
        <div data-card-type="OBJECT_HIGHLIGHT"><span>Phone</span> <span>+1 <b>408</b> 555-<b>0123</b></span></div>
        <aside><span data-test-id="truncated-object-label">Grace Okonkwo</span> <span>+1 206 555 0147</span></aside>
      </main>`,
  },
  {
    host: /\.zendesk\.com$/,
    path: /^\/agent\/users\/101$/,
    title: 'Ada Winter – Zendesk',
    body: `
      <section data-is-active="false"><h2>Grace Okonkwo</h2><a href="tel:+12065550147">+1 206 555 0147</a></section>
      <section data-is-active="true"><h2>Ada Winter</h2><a href="tel:+14085550123">+1 408 555 0123</a></section>`,
  },
  {
    host: /\.pipedrive\.com$/,
    path: /^\/person\/101$/,
    title: 'Ada Winter - Person details - Pipedrive',
    body: `
      <h1 data-testid="header-title">Ada Winter</h1>
      <button data-test="phone-number-button">408-555-0123</button> <button>206-555-0147</button>`,
  },
  {
    host: /^crm\.zoho\.com$/,
    path: /^\/crm\/org42\/tab\/Contacts\/101$/,
    title: 'Ada Winter - Zoho CRM',
    body: `
      <crm-detail-view>
        <h1 id="subvalue_CONTACTID">Ada Winter</h1>
        <a id="subvalue_PHONE" href="callto:4085550123">4085550123</a>
        <a href="callto:2065550147">2065550147</a>
      </crm-detail-view>`,
  },
  {
    host: /\.crm4\.dynamics\.com$/,
    path: /^\/main\.aspx\?appid=7f1b-01&pagetype=entityrecord&etn=contact&id=c0de-01$/,
    title: 'Contact: Ada Winter - Dynamics 365',
    body: `
      <div id="headerContainer"><h1>Ada Winter</h1></div>
      <span id="label-1">Business Phone</span>
      <input type="text" data-id="field-1" aria-labelledby="label-1" title="408-555-0123" value="---" />
      <input type="text" data-id="telephone2.fieldControl-phone-text-input" aria-label="Home Phone" value="206-555-0147" readonly />`,
  },
  {
    host: /\.freshdesk\.com$/,
    path: /^\/a\/contacts\/101$/,
    title: 'Ada Winter : Contact',
    body: `
      <div class="page-actions__left"><span class="breadcrumb__item active">Ada Winter</span></div>
      <label>Work phone <input type="tel" value="+1 408-555-0123" readonly /></label>
      <label>Mobile <input type="tel" value="+1 206-555-0147" readonly /></label>`,
  },
  {
    host: /\.zendesk\.com$/,
    path: /^\/agent\/users\/102$/,
    title: 'Priya Natarajan – Zendesk',
    body: '<section data-is-active="true"><h2>Priya Natarajan</h2><p>+44 20 7946 0018</p></section>',
  },
  {
    host: /\.pipedrive\.com$/,
    path: /^\/person\/102$/,
    title: 'Priya Natarajan - Pipedrive',
    body: '<h1>Priya Natarajan</h1><a href="tel:+442079460018">Call</a>',
  },
  { host: /./, path: /^\/(?!favicon)/, title: 'Start', body: '<h1>Start</h1><p>Nobody in particular.</p>' },
]

/** As Lightning has them: elements of its own, with open shadow roots inside one another. */
function lightningPhone(number: string, text: string): string {
  return `
    <records-highlights2><template shadowrootmode="open"><p>Phone</p>
      <lightning-formatted-phone><template shadowrootmode="open"><a href="tel:${number}">${text}</a></template></lightning-formatted-phone>
    </template></records-highlights2>`
}

/** The page notes for itself what happens to its document. */
function render({ title, body }: Page): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${title}</title>
    <script>
      globalThis.changes = []
      new MutationObserver((records) => {
        for (const { type, target, addedNodes, removedNodes } of records)
          changes.push([type, target.nodeName, ...[...addedNodes, ...removedNodes].map(({ nodeName }) => nodeName)].join(' '))
      }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    </script>
  </head>
  <body>${body}</body>
</html>`
}
