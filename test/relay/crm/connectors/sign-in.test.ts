import { expect, it } from 'vitest'
import { createOAuthClient, type OAuthClient } from '../../../../relay/crm/connection/oauth-client.ts'
import { findConnector } from '../../../../relay/crm/connectors/find-connector.ts'
import { assert } from '../../../../shared/assert.ts'

/** Where somebody signs in to each CRM, and for what. */

async function openClient(crm: string, url: string, answer: typeof fetch = fetch): Promise<OAuthClient> {
  const { auth, baseUrl } = await findConnector({ crm, url, key: undefined, clientId: 'client' })
  assert(auth.oauth !== undefined, 'it has OAuth')
  return createOAuthClient({
    auth: auth.oauth,
    clientId: 'client',
    clientSecret: 'secret',
    baseUrl,
    redirectUri: 'https://relay.example/crm/callback',
    fetch: answer,
    clock: { nowMs: () => 0 },
  })
}

async function signInUrl(crm: string, url: string): Promise<URL> {
  const client = await openClient(crm, url)
  return new URL(await client.authorizeUrl({ state: 'state', codeVerifier: 'v'.repeat(43) }))
}

it.each([
  [
    'hubspot',
    'https://api.hubapi.com',
    'https://app.hubspot.com/oauth/authorize',
    'oauth crm.objects.contacts.read crm.objects.contacts.write crm.objects.owners.read crm.schemas.contacts.write',
  ],
  [
    'salesforce',
    'https://acme.my.salesforce.com',
    'https://acme.my.salesforce.com/services/oauth2/authorize',
    'api refresh_token',
  ],
  ['zendesk', 'https://acme.zendesk.com', 'https://acme.zendesk.com/oauth/authorizations/new', 'read write'],
  [
    'dynamics',
    'https://acme.crm4.dynamics.com',
    'https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize',
    'https://acme.crm4.dynamics.com/user_impersonation offline_access',
  ],
  ['pipedrive', 'https://acme.pipedrive.com', 'https://oauth.pipedrive.com/oauth/authorize', null],
  [
    'zoho',
    'https://www.zohoapis.eu',
    'https://accounts.zoho.eu/oauth/v2/auth',
    'ZohoCRM.modules.ALL,ZohoCRM.users.READ,ZohoSearch.securesearch.READ',
  ],
])('%s of an account at %s', async (crm, url, address, scope) => {
  const signIn = await signInUrl(crm, url)
  expect(signIn.origin + signIn.pathname).toBe(address)
  expect(signIn.searchParams.get('scope')).toBe(scope)
  expect(signIn.searchParams.get('redirect_uri')).toBe('https://relay.example/crm/callback')
  expect(signIn.searchParams.get('code_challenge_method')).toBe('S256')
})

it('is at the stand-in, where there is one', async () => {
  const signIn = await signInUrl('dynamics', 'http://127.0.0.1:8791')
  expect(signIn.origin + signIn.pathname).toBe('http://127.0.0.1:8791/organizations/oauth2/v2.0/authorize')
})

it('is over where Zoho CRM says so within a success', async () => {
  const answer = async () => Response.json({ error: 'invalid_code' })
  const client = await openClient('zoho', 'https://www.zohoapis.eu', answer)
  const renewed = client.refresh({ accessToken: 'spent', refreshToken: 'revoked' })
  await expect(renewed).rejects.toMatchObject({ kind: 'unauthorized', words: 'invalid_code' })
})
