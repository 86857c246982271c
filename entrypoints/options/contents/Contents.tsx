import { i18n } from '#i18n'
import { GROUPS, type SectionId, TITLES } from './sections.ts'
import { useCurrentSection } from './use-current-section.ts'

const ALL = GROUPS.flatMap(({ sections }) => [...sections])

/** All sections by group, as links to them; those that have not been found are left out. */
export function Contents({ isFound }: { readonly isFound: (id: SectionId) => boolean }) {
  const current = useCurrentSection(ALL)
  return (
    <nav aria-label={i18n.t('settings.contents')}>
      {GROUPS.map(({ id, sections }) => (
        <div class="group" key={id} hidden={!sections.some(isFound)}>
          <h2 id={`group-${id}`}>{i18n.t(`settings.group.${id}`)}</h2>
          <ul aria-labelledby={`group-${id}`}>
            {sections.filter(isFound).map((section) => (
              <li key={section}>
                <a href={`#${section}`} aria-current={section === current ? 'location' : undefined}>
                  {i18n.t(TITLES[section])}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
