import { i18n } from '#i18n'
import { type Distribution, measureDistribution } from '../../shared/metrics/distribution.ts'
import type { Tally } from '../../shared/metrics/tally.ts'
import { formatClock, formatTime, startOfDay } from '../lib/format.ts'
import type { Connection, Status } from '../lib/messages.ts'
import { language } from '../lib/words.ts'
import { CallDetails } from './CallDetails.tsx'
import { LiveCalls } from './LiveCalls.tsx'
import type { PopupModel } from './model.ts'

export function Popup({ model }: { readonly model: PopupModel }) {
  const status = model.status.value
  return (
    <>
      <header class="top">
        <h1>{status?.user?.name ?? 'Ringside'}</h1>
        {status && <ConnectionState connection={status.connection} />}
      </header>
      {status !== undefined &&
        (status.user === undefined ? <SignIn model={model} status={status} /> : <Calls model={model} />)}
      <footer>
        <button type="button" class="link" onClick={model.openSettings}>
          {i18n.t('popup.settings')}
        </button>
      </footer>
    </>
  )
}

function ConnectionState({ connection }: { readonly connection: Connection }) {
  const text =
    connection.state === 'lost'
      ? i18n.t('connection.lost', [formatTime(connection.sinceMs, language())])
      : i18n.t(`connection.${connection.state}`)
  return (
    <span class="connection" data-state={connection.state} role="status">
      {text}
    </span>
  )
}

function SignIn({ model, status }: { readonly model: PopupModel; readonly status: Status }) {
  if (status.relayUrl === '') {
    return (
      <main class="lead">
        <p>{i18n.t('popup.noRelay')}</p>
        <button type="button" class="primary" onClick={model.openSettings}>
          {i18n.t('popup.openSettings')}
        </button>
      </main>
    )
  }
  const isEnded = status.connection.state === 'unauthorised'
  const problem = model.signInProblem.value
  return (
    <main class="lead">
      <p>{i18n.t(isEnded ? 'popup.signInAgain' : 'popup.signInLead')}</p>
      <button type="button" class="primary" onClick={() => void model.signIn()}>
        {i18n.t('popup.signIn')}
      </button>
      {problem && (
        <p class="problem" role="alert">
          {i18n.t(`problem.${problem}`)}
        </p>
      )}
    </main>
  )
}

function Calls({ model }: { readonly model: PopupModel }) {
  const { subscription, holeMs } = model.status.value ?? {}
  const rows = model.lastCalls.value
  const today = model.today.value
  if (rows === undefined || today === undefined) return <main class="lead">{i18n.t('popup.loading')}</main>
  return (
    <main>
      {subscription && subscription.status !== 'Active' && <p class="problem">{i18n.t('connection.subscription')}</p>}
      {holeMs !== undefined && startOfDay(holeMs) === startOfDay(Date.now()) && (
        <p class="problem">{i18n.t('connection.hole', [formatTime(holeMs, language())])}</p>
      )}
      <LiveCalls model={model} />
      <Today tally={today} />
      <section>
        <div class="columns">
          <h2>{i18n.t('popup.lastCalls')}</h2>
          {/* Each row says them again for who cannot see the columns. */}
          {rows.length > 0 && (
            <span class="times" aria-hidden="true">
              <span>{i18n.t('figure.ring')}</span>
              <span>{i18n.t('figure.talk')}</span>
              <span>{i18n.t('figure.hold')}</span>
            </span>
          )}
        </div>
        {rows.length === 0 && <p class="empty">{i18n.t('popup.noCalls')}</p>}
        {rows.map((row) => (
          <CallDetails key={row.telephonySessionId} row={row} explain={model.explain} />
        ))}
      </section>
    </main>
  )
}

function Today({ tally }: { readonly tally: Tally }) {
  return (
    <section>
      <h2>{i18n.t('popup.today')}</h2>
      {tally.calls === 0 ? (
        <p class="empty">{i18n.t('popup.noCallsToday')}</p>
      ) : (
        <dl class="tiles">
          <Count name="calls" count={tally.calls} />
          <Count name="answered" count={tally.answered} />
          <Count name="missed" count={tally.missed} />
          <Time name="ring" distribution={tally.ring} />
          <Time name="talk" distribution={tally.talk} />
          <Time name="hold" distribution={tally.hold} />
        </dl>
      )}
    </section>
  )
}

function Count({ name, count }: { readonly name: 'calls' | 'answered' | 'missed'; readonly count: number }) {
  return (
    <div>
      <dt>{i18n.t(`popup.${name}`)}</dt>
      <dd>{count}</dd>
    </div>
  )
}

function Time({
  name,
  distribution,
}: {
  readonly name: 'ring' | 'talk' | 'hold'
  readonly distribution: Distribution
}) {
  const { sumMs, meanMs } = measureDistribution(distribution)
  return (
    <div>
      <dt>{i18n.t(`figure.${name}`)}</dt>
      <dd>{formatClock(sumMs)}</dd>
      <dd class="quiet">{meanMs === undefined ? '–' : i18n.t('popup.mean', [formatClock(meanMs)])}</dd>
    </div>
  )
}
