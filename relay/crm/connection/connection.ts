import type { CrmApi } from '../api.ts'

/** One way into the CRM: with the account's key, or as somebody who has connected it. */
export interface Connection {
  /** `account`, or the extension id of whose it is. */
  readonly owner: string
  readonly api: CrmApi
}

/** Who may be asked for a call or a person. */
export interface Connections {
  /** The account's, or else the person's own; `undefined` where there is none. */
  of(extensionId: string | undefined): Connection | undefined
  /** Why the connection can't be used, in a sentence; `undefined` while it can. */
  faultOf(owner: string): string | undefined
  /** The CRM does not take it. */
  noteRefused(owner: string, words: string): void
  noteTaken(owner: string): void
  onChanged(listener: () => void): void
}
