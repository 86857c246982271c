import * as v from 'valibot'
import { defineSetting } from './validated-setting.ts'

const invitation = v.object({
  /** The relay that it is from, by its origin; `''`: there is none. */
  relayUrl: v.fallback(v.string(), ''),
  /** What the company is called; `''` where nobody said. */
  company: v.fallback(v.string(), ''),
  /** Addresses of the CRMs that its people work with. */
  sites: v.fallback(v.array(v.string()), []),
})
/** What the company's relay said about itself when this browser was connected to it. */
export type Invitation = v.InferOutput<typeof invitation>
export const invitationSetting = defineSetting('local:invitation', invitation)
