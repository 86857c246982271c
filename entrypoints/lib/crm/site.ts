import type { Crm } from './crm.ts'
import { findCrm } from './crms.ts'
import { recordAddress } from './record-address.ts'
import { fillTemplate, type SearchTerms } from './template.ts'

/** What the person changed about a site. What is absent is as it comes. */
export interface CrmEdit {
  /** In place of the searches that are known, see `fillTemplate`. */
  readonly search?: string
  /** In place of the record patterns that are known, see `recordAddress`. */
  readonly record?: string
}

/** By the id of a CRM, or by the match pattern of another site's host. */
export type CrmEdits = Readonly<Record<string, CrmEdit>>

/** Where a page belongs to, with what the person changed: a CRM that is known, or a site by its address. */
export interface Site extends Pick<Crm, 'name' | 'recordPatterns' | 'searches' | 'pageValues'> {
  /** Under which edits are kept. */
  readonly key: string
}

/** `address`: of a page, or a granted match pattern. */
export function describeSite(address: string, edits: CrmEdits): Site {
  const known = findCrm(address)
  const key = known?.id ?? siteKey(address)
  const { search, record } = edits[key] ?? {}
  return {
    key,
    name: known?.name ?? nameHost(address),
    recordPatterns: record === undefined ? (known?.recordPatterns ?? []) : [record],
    searches: search === undefined ? (known?.searches ?? []) : [search],
    pageValues: known?.pageValues ?? {},
  }
}

/** The address of the record that a page shows, cut to what names it; `undefined` where it is no record's. */
export function recordOf(site: Site, address: string): string | undefined {
  return recordAddress(address, site.recordPatterns)
}

/** The address that searches a site for somebody, from a page that is open there; `undefined` where that cannot be done. */
export function buildSearch(site: Site, pageAddress: string, terms: SearchTerms): string | undefined {
  if (!URL.canParse(pageAddress)) return undefined
  const page = new URL(pageAddress)
  const path = page.pathname + page.search
  const pageValues = Object.entries(site.pageValues ?? {}).map(
    ([name, where]) => [name, where.exec(path)?.[1]] as const,
  )
  const values = { ...Object.fromEntries(pageValues), ...terms, origin: page.origin }
  for (const template of site.searches) {
    const search = fillTemplate(template, values)
    if (search !== undefined) return search
  }
  return undefined
}

function siteKey(address: string): string {
  const [, scheme = 'https', host = ''] = /^([^:]+):\/\/([^/:]+)/.exec(address) ?? []
  return `${scheme}://${host}/*`
}

function nameHost(address: string): string {
  return /:\/\/(?:\*\.)?([^/:]+)/.exec(address)?.[1] ?? address
}
