import { PERMISSIONS, type Permission } from '../directory.ts'

/** The applications that may talk to the stand-in. Their secrets are public test values. */
export interface App {
  readonly clientId: string
  readonly clientSecret: string
  readonly grantTypes: readonly GrantType[]
  readonly scopes: readonly Permission[]
}

export type GrantType = 'jwt' | 'authorization_code' | 'refresh_token'

/** The app most people need: the relay's own login and the people's sign-in in one. */
export const RELAY_APP: App = {
  clientId: 'ringside-relay-app',
  clientSecret: 'ringside-relay-public-test-secret',
  grantTypes: ['jwt', 'authorization_code', 'refresh_token'],
  scopes: PERMISSIONS,
}

/** An app for sign-in only, as some accounts need it; the JWT login is refused to it. */
export const SIGN_IN_APP: App = {
  clientId: 'ringside-sign-in-app',
  clientSecret: 'ringside-sign-in-public-test-secret',
  grantTypes: ['authorization_code', 'refresh_token'],
  scopes: ['CallControl', 'ReadAccounts', 'ReadPresence'],
}

export const APPS: readonly App[] = [RELAY_APP, SIGN_IN_APP]
