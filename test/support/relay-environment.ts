import type { Platform } from '../platform/platform.ts'

/** The settings with which a relay subscribes at the stand-in, by their names in the environment. */
export function relayEnvironment({ url, credentials }: Pick<Platform, 'url' | 'credentials'>): Record<string, string> {
  return {
    RINGCENTRAL_SERVER_URL: url,
    RINGCENTRAL_CLIENT_ID: credentials.clientId,
    RINGCENTRAL_CLIENT_SECRET: credentials.clientSecret,
    RINGCENTRAL_JWT: credentials.jwt,
    RELAY_PUBLIC_URL: 'http://127.0.0.1',
  }
}
