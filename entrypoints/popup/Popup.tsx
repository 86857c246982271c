import { i18n } from '#i18n'
import { watchesAnybody } from '../../shared/protocol/wire.ts'
import type { Connection, Status } from '../lib/contract/messages.ts'
import { formatTime, startOfDay } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { isMasking, setMasking } from '../lib/wording/masking.ts'
import { Alerts } from './Alerts.tsx'
import { CallList } from './CallList.tsx'
import { LiveCalls } from './LiveCalls.tsx'
import type { PopupModel } from './model.ts'
import { Today } from './Today.tsx'

export function Popup({ model }: { readonly model: PopupModel }) {
  const status = model.status.value
  const person = model.person.value
  return (
    <>
      <header class="top">
        <h1>{person?.user.name ?? 'Ringside'}</h1>
        {status && <ConnectionState connection={status.connection} progress={status.progress} />}
      </header>
      {person !== undefined && watchesAnybody(person.user) && <ToBoard model={model} />}
      {person !== undefined ? <Calls model={model} /> : status && <SignIn model={model} status={status} />}
      <footer>
        {person && (
          <button type="button" class="link" onClick={model.openReports}>
            {i18n.t('popup.reports')}
          </button>
        )}
        <button type="button" class="link" onClick={model.openSettings}>
          {i18n.t('popup.settings')}
        </button>
        {person && (
          <button
            type="button"
            class="link mask"
            aria-pressed={isMasking.value}
            title={i18n.t('privacy.maskLead')}
            onClick={() => void setMasking(!isMasking.value)}
          >
            {i18n.t(isMasking.value ? 'popup.unmask' : 'popup.mask')}
          </button>
        )}
      </footer>
    </>
  )
}

/** For who watches others: their calls live. */
function ToBoard({ model }: { readonly model: PopupModel }) {
  return (
    <nav class="to-board">
      <button type="button" onClick={model.openBoard}>
        {i18n.t('board.open')}
      </button>
      <button type="button" onClick={model.openBoardAtSide}>
        {i18n.t('board.openAtSide')}
      </button>
    </nav>
  )
}

interface ConnectionStateProps {
  readonly connection: Connection
  /** How far catching up is, 0 to 1. */
  readonly progress: number | undefined
}

function ConnectionState({ connection, progress }: ConnectionStateProps) {
  const text =
    connection.state === 'lost'
      ? i18n.t('connection.lost', [formatTime(connection.sinceMs, language())])
      : i18n.t(`connection.${connection.state}`)
  return (
    <span class="connection" data-state={connection.state} role="status">
      {text}
      {connection.state === 'catchingUp' && progress !== undefined && (
        <progress value={progress} aria-label={i18n.t('connection.catchingUp')} />
      )}
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
  // It is not known who is signed in, which is different from nobody.
  if (status.isStoreRefusing) {
    return (
      <main class="lead">
        <p class="problem">{i18n.t('popup.storeSilent')}</p>
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
  const { subscription, gapNoticedMs, isStoreRefusing, isStoreScarce } = model.status.value ?? {}
  if (model.lastCalls.value === undefined) return <main class="lead">{i18n.t('popup.loading')}</main>
  return (
    <main>
      {isStoreRefusing && <p class="problem">{i18n.t('guard.store')}</p>}
      {isStoreScarce && !isStoreRefusing && <p class="problem">{i18n.t('privacy.scarce')}</p>}
      {subscription && subscription.status !== 'Active' && <p class="problem">{i18n.t('connection.subscription')}</p>}
      {gapNoticedMs !== undefined && startOfDay(gapNoticedMs) === startOfDay(Date.now()) && (
        <p class="problem">{i18n.t('connection.gap', [formatTime(gapNoticedMs, language())])}</p>
      )}
      <Alerts model={model} />
      <LiveCalls model={model} />
      <Today model={model} />
      <CallList model={model} />
    </main>
  )
}
