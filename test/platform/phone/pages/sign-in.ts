import { html } from 'hono/html'
import { ACCOUNT, OTHER_ACCOUNT, type Person } from '../../people.ts'
import { renderPage } from './layout.ts'

/** What the form sends back with the choice: the client's request, nothing else that the address may have carried. */
const REQUEST_FIELDS = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'code_challenge',
  'code_challenge_method',
] as const

/** The sign-in page: one button per invented person, named like the person, and one to refuse. */
export function renderSignInPage(request: URLSearchParams, people: readonly Person[]) {
  return renderPage({
    title: 'Sign in',
    body: html`
      <main class="narrow">
        <h1>Sign in</h1>
        <p>Ringside asks to see your calls. Who are you?</p>
        <form method="post" action="/restapi/oauth/authorize">
          ${REQUEST_FIELDS.map((name) => {
            const value = request.get(name)
            return value === null ? '' : html`<input type="hidden" name="${name}" value="${value}" />`
          })}
          <ul class="choices">
            ${people.map(renderChoice)}
          </ul>
          <button class="quiet" name="person" value="">Deny</button>
        </form>
        <p class="note">These people are invented, and so is their account. This page belongs to a stand-in for RingCentral.</p>
      </main>
    `,
  })
}

/** Shown instead of a redirect when there is no address that is safe to redirect to. */
export function renderSignInProblem(problem: string) {
  return renderPage({
    title: 'Sign-in is not possible',
    body: html`
      <main class="narrow">
        <h1>Sign-in is not possible</h1>
        <p role="alert">${problem}</p>
        <p class="note">Start again from the app that sent you here.</p>
      </main>
    `,
  })
}

function renderChoice({ extensionId, name, extensionNumber, accountId }: Person) {
  const company = accountId === ACCOUNT.id ? ACCOUNT.name : OTHER_ACCOUNT.name
  return html`<li>
    <button name="person" value="${extensionId}" aria-describedby="about-${extensionId}">${name}</button>
    <span id="about-${extensionId}">${company} · Ext. ${extensionNumber}</span>
  </li>`
}
