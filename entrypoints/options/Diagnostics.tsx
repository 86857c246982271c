import { i18n } from '#i18n'

/** The way to the page that says what RingCentral lets the person do. */
export function Diagnostics() {
  return (
    <section>
      <h2>{i18n.t('diagnostics.title')}</h2>
      <p class="quiet">{i18n.t('diagnostics.lead')}</p>
      <p>
        <a href="/diagnostics.html">{i18n.t('diagnostics.open')}</a>
      </p>
    </section>
  )
}
