import type { SDK } from '@ringcentral/sdk'
import { RingCentralCallControl, type SessionMessage } from 'ringcentral-call-control'
import { ACCOUNT_ID } from './envelope.ts'
import type { CallReading, Follower } from './follower.ts'

type Options = ConstructorParameters<typeof RingCentralCallControl>[0]
type Session = RingCentralCallControl['sessions'][number]

/**
 * RingCentral's own client library as it is, at account level, where it follows the parties of the account and holds a session
 * until they have left. It lets go of what it remembers of ended sessions by `Date.now()`, so that is made to tell simulated time:
 * for this whole process, which should run nothing else.
 */
export function createPeer(): Follower {
  let simulatedNowMs = 0
  Date.now = () => simulatedNowMs
  const control = new RingCentralCallControl({
    sdk: { platform: refuseNetwork } as unknown as SDK,
    accountLevel: true,
    preloadSessions: false,
    preloadDevices: false,
    extensionInfo: { id: '400101', account: { id: ACCOUNT_ID } } as NonNullable<Options['extensionInfo']>,
  })

  function readCall(telephonySessionId: string): CallReading | undefined {
    const session: Session | undefined = control.sessionsMap.get(telephonySessionId)
    return session && readParties(session)
  }

  return {
    tells: { everyParty: false, reasons: true, times: false },
    track(raw, nowMs) {
      simulatedNowMs = nowMs
      const message = raw as SessionMessage
      control.onNotificationEvent(message)
      const session: Session | undefined = control.sessionsMap.get(message.body.telephonySessionId)
      return session?.party === undefined || isEnded(session.party.status.code) ? 0 : 1
    },
    passTime() {},
    readCall,
  }
}

/** Parties outside the account are no business of its. */
function readParties({ parties, accountId }: Session): CallReading {
  const own: Session['parties'] = parties.filter((party: Party) => party.accountId === accountId)
  return new Map(
    own.map(({ id, status }: Party) => [
      id,
      { end: isEnded(status.code) ? { code: status.code, reason: status.reason } : undefined, spent: undefined },
    ]),
  )
}

interface Party {
  readonly id: string
  readonly accountId?: string
  readonly status: { readonly code: string; readonly reason?: string }
}

function isEnded(code: string | undefined): boolean {
  return code === 'Disconnected' || code === 'Gone'
}

function refuseNetwork(): never {
  throw new Error('The peer should follow calls without asking the platform, but it wants to.')
}
