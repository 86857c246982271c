import { i18n } from '#i18n'
import { unreachable } from '../../../shared/assert.ts'
import { findCrm } from '../../lib/crm/crms.ts'
import { isRecordPattern } from '../../lib/crm/record-address.ts'
import { buildSearch, type CrmEdit, type CrmEdits, describeSite } from '../../lib/crm/site.ts'
import { checkTemplate, type SearchTerms, TERMS } from '../../lib/crm/template.ts'

/** What stands in the fields about one site. */
export interface SiteDraft {
  /** Under which it is kept, see `Site`. */
  readonly key: string
  /** The address of a page there, to try the search from. */
  readonly examplePage: string
  /** Placeholders that pages of this site give besides the usual ones. */
  readonly pageValues: readonly string[]
  readonly search: string
  readonly record: string
}

/** How a site stands now. `address`: a page of it, or its match pattern. */
export function draftOf(address: string, edits: CrmEdits): SiteDraft {
  const site = describeSite(address, edits)
  return {
    key: site.key,
    examplePage: findCrm(address)?.exampleRecord ?? address.replace('://*.', '://').replace(/\*$/, ''),
    pageValues: Object.keys(site.pageValues ?? {}),
    search: site.searches[0] ?? '',
    record: site.recordPatterns[0] ?? '',
  }
}

/** What is wrong with a draft, as a sentence; `undefined` when nothing is. An empty field means the default. */
export function describeProblem({ search, record, pageValues }: SiteDraft): string | undefined {
  const problem = search.trim() === '' ? undefined : checkTemplate(search.trim(), pageValues)
  switch (problem?.kind) {
    case 'notAnAddress':
      return i18n.t('sites.notAnAddress', ['{origin}/'])
    case 'noTerm':
      return i18n.t('sites.noTerm', [TERMS.map((term) => `{${term}}`).join(' ')])
    case 'unknownPlaceholder':
      return i18n.t('sites.unknownPlaceholder', [problem.placeholder])
    case undefined:
      break
    default:
      return unreachable(problem)
  }
  return record.trim() === '' || isRecordPattern(record.trim())
    ? undefined
    : i18n.t('sites.notARecord', ['{id}', '/contacts/{id}'])
}

export function toEdit(draft: SiteDraft): CrmEdit {
  const before = draftOf(draft.examplePage, {})
  const search = draft.search.trim()
  const record = draft.record.trim()
  return {
    ...(search === '' || search === before.search ? {} : { search }),
    ...(record === '' || record === before.record ? {} : { record }),
  }
}

/** The search address that the draft produces for a made-up caller; `undefined` while it is incomplete. */
export function previewSearch({ examplePage, search, pageValues }: SiteDraft): string | undefined {
  if (checkTemplate(search.trim(), pageValues) !== undefined) return undefined
  return buildSearch({ ...describeSite(examplePage, {}), searches: [search.trim()] }, examplePage, EXAMPLE)
}

/** A fictitious number. */
export const EXAMPLE = {
  e164: '+14085550123',
  national: '(408) 555-0123',
  digits: '4085550123',
  name: 'Ada Winter',
} as const satisfies SearchTerms
