import type {
  CrmAnswer,
  CrmChoiceBody,
  CrmContactJson,
  CrmMatchesAnswer,
  CrmRecordJson,
  CrmRecordsAnswer,
  CrmState,
} from '../../../shared/protocol/http/crm.ts'

/** Why the relay tells nothing of the CRM. */
export type CrmSilence =
  /** `away`: no answer; `otherVersion`: the relay does not know the question, or this version does not know the answer. */
  | { readonly kind: 'signedOut' | 'away' | 'otherVersion' | 'interrupted' }
  /** `sentence`: why, for the person. */
  | { readonly kind: 'refused'; readonly sentence: string }

/** Which CRM the relay has and how the connection stands, or why that is not known. */
export type CrmReport = { readonly kind: 'given'; readonly crm: CrmAnswer } | CrmSilence

/** Records of calls, or why there are none to show. */
export type CrmRecordsReport = { readonly kind: 'given'; readonly answer: CrmRecordsAnswer } | CrmSilence

/** Which records are wanted. */
export interface CrmRecordsQuery {
  /** Calls that began from then on, ms since the epoch. */
  readonly sinceMs: number
  readonly state?: CrmState | undefined
  /** Only those of this session. */
  readonly telephonySessionId?: string | undefined
  /** The person's own calls; otherwise also those of whom they watch. */
  readonly isMine: boolean
}

/** What a person decides about the record of a call. */
export type CrmChoice = CrmChoiceBody

/** What came of it: the record as it is now, or why it could not be done, as a sentence. */
export type CrmChoiceResult =
  | { readonly record: CrmRecordJson; readonly problem?: undefined }
  | { readonly problem: string; readonly record?: undefined }

/** What the CRM knows of a call's other side, and how the call's record stands, as a card draws it. */
export interface CardCrm {
  /** What the CRM is called. */
  readonly crmName: string
  /** Who has the number there. Several: it may be any of them. */
  readonly contacts: readonly CrmContactJson[]
  /** The CRM's own form for a new contact; only where nobody has the number. */
  readonly newContactUrl: CrmMatchesAnswer['newContactUrl']
  /** The record of the call, once it is over; absent while the relay has none. */
  readonly record: CardRecord | undefined
}

export interface CardRecord extends Pick<CrmRecordJson, 'state' | 'contact' | 'candidates' | 'recordUrl' | 'words'> {
  /** A choice was sent and is not answered yet. */
  readonly isPending: boolean
  /** Why the last choice could not be carried out, as a sentence. */
  readonly problem: string | undefined
}
