/**
 * What is known of one CRM. It is data, because other people's addresses change: the person can put a search or a record
 * pattern of their own in place of what stands here.
 */
export interface Crm {
  readonly id: string
  readonly name: string
  /** Chrome's match patterns of its pages: what is asked for when the person switches it on. */
  readonly matches: readonly string[]
  /** The address of a record, made up, to show what a search from there would be. */
  readonly exampleRecord: string
  /** Addresses of single records, see `recordAddress`. */
  readonly recordPatterns: readonly string[]
  /** Addresses of its search, see `fillTemplate`: the first one of which everything is known is taken. */
  readonly searches: readonly string[]
  /** More placeholders, from the path and query of the page: the first group is the value. */
  readonly pageValues?: Readonly<Record<string, RegExp>>
}
