import { escapeHtml, type PageDocument } from '../http/page.ts'
import type { InvitationTexts } from './invitation-texts.ts'

export interface InvitationPage {
  /** What the company is called; `undefined` where nobody said. */
  readonly company: string | undefined
  /** Where people get the extension; `undefined` where that is not known. */
  readonly installUrl: string | undefined
  /** The address of the page itself: what is pasted in the extension. */
  readonly link: string
}

/** The page of an invitation: where the extension is, and what to paste in it. */
export function drawInvitation(texts: InvitationTexts, { company, installUrl, link }: InvitationPage): PageDocument {
  const title = texts.title(company)
  const install =
    installUrl === undefined
      ? `<p>${escapeHtml(texts.askForIt)}</p>`
      : `<p><a href="${escapeHtml(installUrl)}">${escapeHtml(texts.install)}</a></p>`
  return {
    language: texts.language,
    title,
    body: `<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(texts.lead)}</p>
<ol>
<li><h2>${escapeHtml(texts.get)}</h2>
${install}</li>
<li><h2>${escapeHtml(texts.connect)}</h2>
<p>${escapeHtml(texts.paste)}</p>
<p class="copy"><input readonly value="${escapeHtml(link)}" aria-label="${escapeHtml(texts.link)}">
<button type="button" hidden data-copied="${escapeHtml(texts.copied)}">${escapeHtml(texts.copy)}</button></p></li>
</ol>
</main>`,
    style: STYLE,
    script: SCRIPT,
    status: 200,
  }
}

const STYLE = [
  'h1{font-size:1.5rem;line-height:1.25}h2{margin:0;font-size:1rem}',
  'ol{padding-left:1.5rem}li{margin-top:1.5rem}li p{margin:.25rem 0}',
  '.copy{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.75rem}input{flex:1 1 14rem;min-width:0}',
  'input,button{box-sizing:border-box;padding:.5rem .75rem;font:inherit;border:1px solid GrayText;border-radius:8px}',
  'button{cursor:pointer}',
].join('')

/** Without it the link is copied by hand: the button is there only where it works. */
const SCRIPT = `const field = document.querySelector('input'), button = document.querySelector('button')
field.addEventListener('focus', () => field.select())
button.hidden = false
button.addEventListener('click', async () => {
  field.focus()
  await navigator.clipboard.writeText(field.value)
  button.textContent = button.dataset.copied
})`
