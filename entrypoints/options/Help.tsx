import { i18n } from '#i18n'

/** What people ask first, with what to do; found by the search like every setting. */
const QUESTIONS = ['noCard', 'noButtons', 'lost', 'elsewhere', 'wrongName', 'support'] as const

export function Help() {
  return (
    <section class="help">
      <h2>{i18n.t('help.title')}</h2>
      {QUESTIONS.map((question) => (
        <details key={question}>
          <summary>{i18n.t(`help.${question}.question`)}</summary>
          <p>{i18n.t(`help.${question}.answer`)}</p>
        </details>
      ))}
      <p>
        <a href="/welcome.html">{i18n.t('welcome.again')}</a>
      </p>
    </section>
  )
}
