import * as v from 'valibot'

/** What a relay tells anybody who was given its address: whose it is, and where its people work. */
export interface InvitationAnswer {
  /** What the company is called; `''` where nobody said. */
  readonly company: string
  /** Addresses of the CRMs that cards are wanted on, as somebody typed them. */
  readonly sites: readonly string[]
}

/** More than a company has CRMs: what is beyond is left out. */
const MAX_SITES = 20

export const invitationAnswer = v.object({
  company: v.pipe(v.string(), v.maxLength(200)),
  sites: v.pipe(
    v.array(v.pipe(v.string(), v.maxLength(300))),
    v.transform((sites): readonly string[] => sites.slice(0, MAX_SITES)),
  ),
})
