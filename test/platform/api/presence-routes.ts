import { type Context, Hono } from 'hono'
import type { NotificationParty } from '../calls/notification.ts'
import { hasLeft, type Session, type Sessions } from '../calls/sessions.ts'
import type { Directory } from '../directory.ts'
import type { Person } from '../people.ts'
import type { CountAs } from './count-as.ts'
import { notFound } from './rest-error.ts'
import type { Needs, RestEnv } from './rest-session.ts'

/** Who is on the phone, and in which sessions. Mounted below an account's path. */
export function createPresenceRoutes(
  sessions: Sessions,
  { directory, countAs, needs }: { directory: Directory; countAs: CountAs; needs: Needs },
): Hono<RestEnv> {
  const routes = new Hono<RestEnv>()

  routes.get('/extension/:extensionId/presence', countAs('Light'), needs('ReadPresence'), (c) => {
    const { person } = c.get('login')
    const extensionId = c.req.param('extensionId')
    const asked = extensionId === '~' ? person : directory.find(person.accountId, extensionId)
    if (asked === undefined) throw notFound('extensionId')
    return c.json(describePresence(asked, sessions, c))
  })

  routes.get('/presence', countAs('Heavy'), needs('ReadPresence'), (c) => {
    const { person } = c.get('login')
    const people = directory.people(person.accountId)
    return c.json({
      uri: c.req.url,
      records: people.map((one) => describePresence(one, sessions, c)),
      paging: {
        page: 1,
        totalPages: 1,
        perPage: 100,
        totalElements: people.length,
        pageStart: 0,
        pageEnd: people.length - 1,
      },
      navigation: { firstPage: { uri: c.req.url }, lastPage: { uri: c.req.url } },
    })
  })

  return routes
}

function describePresence(person: Person, sessions: Sessions, c: Context) {
  const { extensionId, extensionNumber, accountId } = person
  const uri = `${new URL(c.req.url).origin}/restapi/v1.0/account/${accountId}/extension/${extensionId}`
  const calls = sessions
    .recent()
    .filter((session) => !session.isOver && session.accountId === accountId)
    .flatMap((session) =>
      session.parties
        .filter((party) => party.extensionId === extensionId && !hasLeft(party))
        .map((party) => ({ session, party })),
    )
  const telephonyStatus = calls.some(({ party }) => statusOf(party) === 'CallConnected')
    ? 'CallConnected'
    : (calls.map(({ party }) => statusOf(party))[0] ?? 'NoCall')
  return {
    uri: `${uri}/presence`,
    extension: { uri, id: Number(extensionId), extensionNumber },
    presenceStatus: calls.length === 0 ? 'Available' : 'Busy',
    telephonyStatus,
    userStatus: 'Available',
    dndStatus: 'TakeAllCalls',
    ...(c.req.query('detailedTelephonyState') === 'true' && {
      activeCalls: calls.map(({ session, party }) =>
        describeActiveCall(session, party, c.req.query('sipData') === 'true'),
      ),
    }),
  }
}

/** The ids of extensions are numbers here in part; those of sessions and parties are texts as in events. */
function describeActiveCall(session: Session, party: NotificationParty, withSipData: boolean) {
  const { telephonySessionId, sessionId, creationTime } = session
  return {
    id: party.id,
    direction: party.direction,
    from: party.from.phoneNumber ?? 'anonymous',
    ...(party.from.name !== undefined && { fromName: party.from.name }),
    to: party.to.phoneNumber ?? 'conference',
    ...(party.to.name !== undefined && { toName: party.to.name }),
    telephonyStatus: statusOf(party),
    sessionId,
    telephonySessionId,
    partyId: party.id,
    startTime: creationTime,
    ...(withSipData && {
      sipData: {
        toTag: `to-${party.id}`,
        fromTag: `from-${party.id}`,
        remoteUri: `sip:${party.direction === 'Inbound' ? party.from.phoneNumber : party.to.phoneNumber}@sip.northwind.example`,
        localUri: `sip:${party.extensionId}@sip.northwind.example`,
      },
    }),
  }
}

function statusOf({ status }: NotificationParty): string {
  switch (status.code) {
    case 'Setup':
    case 'Proceeding':
      return 'Ringing'
    case 'Hold':
      return 'OnHold'
    case 'Parked':
      return 'ParkedCall'
    default:
      return 'CallConnected'
  }
}
