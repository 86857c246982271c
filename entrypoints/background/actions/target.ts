import { numberKey } from '../../../shared/number/key.ts'

/** Whom a call is given to, or who is called: in the relay's words. */
export type Target = { readonly phoneNumber: string } | { readonly extensionNumber: string }

/**
 * What a person typed or picked, as it is dialled in `country` (ISO 3166): a number in E.164 or a short extension. `undefined`
 * when it is neither, such as a name or a service code.
 */
export function readTarget(typed: string, country: string): Target | undefined {
  const key = numberKey(typed, country)
  if (key.kind === 'number') return { phoneNumber: key.e164 }
  return key.kind === 'extension' ? { extensionNumber: key.digits } : undefined
}

/** A target as one text, which is how a call out names it. */
export function dialText(target: Target): string {
  return 'phoneNumber' in target ? target.phoneNumber : target.extensionNumber
}
