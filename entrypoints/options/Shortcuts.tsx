import { i18n } from '#i18n'
import type { ShortcutsModel } from './shortcuts-model.ts'

/** The keys that work on every page. */
export function Shortcuts({ model }: { readonly model: ShortcutsModel }) {
  return (
    <section>
      <h2>{i18n.t('shortcuts.title')}</h2>
      <p class="quiet">{i18n.t('shortcuts.lead')}</p>
      <ul>
        {model.shortcuts.value.map(({ description, keys }) => (
          <li key={description}>
            <span>{description}</span>
            {keys === '' ? <span class="quiet">{i18n.t('shortcuts.none')}</span> : <kbd>{keys}</kbd>}
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => void model.change()}>
        {i18n.t('shortcuts.change')}
      </button>
    </section>
  )
}
