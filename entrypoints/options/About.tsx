import { browser } from 'wxt/browser'
import { i18n } from '#i18n'

/** What this version brings, the latest first. */
const NEWS = ['card', 'callBack', 'invitation', 'settings'] as const

/** Which Ringside this is, what is new in it, and where to read what it does with one's data. */
export function About() {
  return (
    <section class="about">
      <h2>{i18n.t('about.title')}</h2>
      <p>{i18n.t('about.version', [browser.runtime.getManifest().version])}</p>
      <h3>{i18n.t('about.new')}</h3>
      <ul>
        {NEWS.map((one) => (
          <li key={one}>{i18n.t(`about.news.${one}`)}</li>
        ))}
      </ul>
      <p>
        <a href="#privacy">{i18n.t('about.privacy')}</a>
      </p>
      <p class="quiet">{i18n.t('about.independent')}</p>
    </section>
  )
}
