import * as v from 'valibot'
import { parseJson } from '../../json.ts'
import type { Records } from '../../log/records.ts'
import type { TokenCipher } from '../../people/token-cipher.ts'
import type { CrmName } from '../connector.ts'

/** What a CRM gave the relay to act for the account or for a person. */
const crmTokens = v.object({
  accessToken: v.string(),
  /** ms since the epoch; absent where the CRM does not say: then it is renewed when it is refused. */
  accessExpiresAtMs: v.optional(v.number()),
  /** May be of use once only: a new one is stored before it is used. */
  refreshToken: v.optional(v.string()),
  /** Where the API is, for CRMs that say so with the token. */
  baseUrl: v.optional(v.string()),
})
export type CrmTokens = v.InferOutput<typeof crmTokens>

/** Tokens by whose they are: `account`, or an extension id. Sealed at rest. */
export interface TokenStore {
  get(owner: string): CrmTokens | undefined
  owners(): readonly string[]
  /** The same as they are stored, where another relay may have changed them. */
  readAgain(owner: string): Promise<CrmTokens | undefined>
  /** Resolves when they are durable. */
  put(owner: string, tokens: CrmTokens): Promise<void>
  remove(owner: string): Promise<void>
  onChanged(listener: (owner: string) => void): void
}

export async function createTokenStore(records: Records, cipher: TokenCipher, crm: CrmName): Promise<TokenStore> {
  const prefix = `crm/connection/${crm}/`
  const kept = new Map<string, CrmTokens>()
  const listeners: ((owner: string) => void)[] = []

  function unseal(text: string): { readonly owner: string; readonly tokens: CrmTokens } | undefined {
    const { owner, sealed } = v.parse(v.object({ owner: v.string(), sealed: v.string() }), parseJson(text))
    const plain = cipher.decrypt(sealed)
    // With another key nothing can be done with them: who they belong to connects again.
    return plain === undefined ? undefined : { owner, tokens: v.parse(crmTokens, parseJson(plain)) }
  }

  function change(owner: string, tokens: CrmTokens | undefined): void {
    if (tokens === undefined) kept.delete(owner)
    else kept.set(owner, tokens)
    for (const listener of listeners) listener(owner)
  }

  for (const text of await records.list(prefix)) {
    const one = unseal(text)
    if (one !== undefined) kept.set(one.owner, one.tokens)
  }
  records.onChangedElsewhere((key, text) => {
    if (key.startsWith(prefix)) change(key.slice(prefix.length), text === undefined ? undefined : unseal(text)?.tokens)
  })

  return {
    get: (owner) => kept.get(owner),
    owners: () => [...kept.keys()],
    async readAgain(owner) {
      const text = await records.get(prefix + owner)
      return text === undefined ? undefined : unseal(text)?.tokens
    },
    async put(owner, tokens) {
      const sealed = cipher.encrypt(JSON.stringify(tokens))
      await records.put(prefix + owner, JSON.stringify({ owner, sealed }))
      change(owner, tokens)
    },
    async remove(owner) {
      await records.remove(prefix + owner)
      change(owner, undefined)
    },
    onChanged: (listener) => void listeners.push(listener),
  }
}
