import { i18n } from '#i18n'
import type { SubscriptionState } from '../../shared/protocol/wire.ts'
import type { Connection, Status } from '../lib/contract/messages.ts'
import { formatTime } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { formatDay } from './format-day.ts'
import { Mark } from './Mark.tsx'

/** How the relay stands, as far as its clients are told. */
export function RelayStanding({ status: { connection, subscription } }: { readonly status: Status }) {
  const isHeard = connection.state === 'live'
  return (
    <section>
      <h2>{i18n.t('diagnostics.relay')}</h2>
      <ul>
        <li class="capability">
          <div class="head">
            <h3>{i18n.t('diagnostics.connection')}</h3>
            <span class="standing" data-state={standingOf(connection)}>
              <Mark state={standingOf(connection)} />
              {connection.state === 'lost'
                ? i18n.t('connection.lost', [formatTime(connection.sinceMs, language())])
                : i18n.t(`connection.${connection.state}`)}
            </span>
          </div>
        </li>
        <li class="capability">
          <Events subscription={isHeard ? subscription : undefined} />
        </li>
      </ul>
    </section>
  )
}

function standingOf({ state }: Connection) {
  if (state === 'live') return 'works'
  return state === 'connecting' || state === 'catchingUp' ? 'notTried' : 'refused'
}

/** What is not heard any more is not known. */
function Events({ subscription }: { readonly subscription: SubscriptionState | undefined }) {
  const state = subscription === undefined ? 'notTried' : subscription.status === 'Active' ? 'works' : 'refused'
  return (
    <>
      <div class="head">
        <h3>{i18n.t('diagnostics.events')}</h3>
        <span class="standing" data-state={state}>
          <Mark state={state} />
          {i18n.t(EVENTS_WORDS[state])}
        </span>
      </div>
      <p class={state === 'refused' ? 'reason' : 'quiet'}>{describeSubscription(subscription)}</p>
      {subscription !== undefined && (
        <p class="quiet">
          {subscription.lastEventAt === null
            ? i18n.t('diagnostics.noEvent')
            : i18n.t('diagnostics.lastEvent', [formatDay(subscription.lastEventAt)])}
        </p>
      )}
    </>
  )
}

function describeSubscription(subscription: SubscriptionState | undefined): string {
  if (subscription === undefined) return i18n.t('diagnostics.unknown')
  const { status, expiresAt } = subscription
  if (status !== 'Active') return i18n.t('diagnostics.inactive', [status])
  return expiresAt === null ? i18n.t('diagnostics.activeAlways') : i18n.t('diagnostics.active', [formatDay(expiresAt)])
}

const EVENTS_WORDS = {
  works: 'diagnostics.eventsCome',
  refused: 'diagnostics.eventsStopped',
  notTried: 'diagnostics.eventsUnknown',
} as const
