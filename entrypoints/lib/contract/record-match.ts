/** How the page that a card is on, and the CRM it belongs to, go with the other side of a call. */
export interface RecordMatch {
  /** Whether the page shows the number. */
  readonly isThisPage: boolean
  /** Other records that show it, or did when they were open last; what the person chose comes first. */
  readonly records: readonly CrmRecord[]
  /** Whether the CRM can be searched for the number or name. */
  readonly canSearch: boolean
  /** What the CRM is called. */
  readonly crmName: string
}

export interface CrmRecord {
  readonly url: string
  /** As its page was called. */
  readonly title: string
  /** Whether it is the one that the person chose for this call. */
  readonly isChosen: boolean
}
