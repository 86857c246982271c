/**
 * Paths of the relay's HTTP, below its address. A segment that begins with a colon stands for an id, percent-encoded; the
 * form is the one that routers take.
 */
export const ROUTES = {
  webhook: '/webhook',
  health: '/healthz',
  readiness: '/readyz',
  metrics: '/metrics',
  /** Where a sign-in begins, in a browser's window. */
  signIn: '/auth/start',
  /** Where RingCentral sends that window back to. */
  signInCallback: '/auth/callback',
  /** A token for the code of a sign-in; deleted to sign out. */
  token: '/auth/token',
  /** The page of an invitation, for people, and what it says, for the extension. */
  join: '/join',
  invitation: '/v1/invitation',
  stream: '/v1/stream',
  session: '/v1/sessions/:telephonySessionId',
  sessionEvents: '/v1/sessions/:telephonySessionId/events',
  party: '/v1/sessions/:telephonySessionId/parties/:partyId',
  hand: '/v1/sessions/:telephonySessionId/hand',
  whisper: '/v1/sessions/:telephonySessionId/whisper',
  supervise: '/v1/sessions/:telephonySessionId/supervise',
  devices: '/v1/devices',
  colleagues: '/v1/colleagues',
  capabilities: '/v1/capabilities',
  calls: '/v1/calls',
  board: '/v1/board',
  routing: '/v1/routing',
  crm: '/v1/crm',
  crmMatches: '/v1/crm/matches',
  crmRecords: '/v1/crm/records',
  crmRecord: '/v1/crm/records/:key',
  crmNotes: '/v1/crm/notes',
  crmConnect: '/v1/crm/connect',
  crmConnection: '/v1/crm/connection',
  /** Where connecting a CRM begins, in a browser's window. */
  crmStart: '/crm/start',
  /** Where the CRM sends that window back to. */
  crmCallback: '/crm/callback',
} as const

type Route = (typeof ROUTES)[keyof typeof ROUTES]

type ParameterOf<Path extends string> = Path extends `${infer Head}/${infer Rest}`
  ? ParameterOf<Head> | ParameterOf<Rest>
  : Path extends `:${infer Name}`
    ? Name
    : never

/** The path of a route with its ids put in. */
export function fillRoute<Path extends Route>(route: Path, ids: Readonly<Record<ParameterOf<Path>, string>>): string {
  return route.replace(/:(\w+)/g, (_, name: ParameterOf<Path>) => encodeURIComponent(ids[name]))
}
