import { useEffect } from 'preact/hooks'
import { i18n } from '#i18n'
import { watchesAnybody } from '../../shared/protocol/wire.ts'
import type { Connection, Status } from '../lib/contract/messages.ts'
import { formatTime, startOfDay } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { isMasking, setMasking } from '../lib/wording/masking.ts'
import { CrmAttention } from '../ui/crm/CrmAttention.tsx'
import { EyeIcon, ReportsIcon, SettingsIcon } from '../ui/icons.tsx'
import { Alerts } from './Alerts.tsx'
import { CallList } from './CallList.tsx'
import { LiveCalls } from './LiveCalls.tsx'
import type { OpenPerson, PopupModel } from './model.ts'
import { People } from './People.tsx'
import { hearRowKey } from './row-keys.ts'
import { SearchField } from './SearchField.tsx'
import { Today } from './Today.tsx'
import { ToReturn } from './ToReturn.tsx'

export function Popup({ model }: { readonly model: PopupModel }) {
  const status = model.status.value
  const person = model.person.value
  useEffect(() => {
    document.addEventListener('keydown', hearRowKey)
    return () => document.removeEventListener('keydown', hearRowKey)
  }, [])
  if (!model.isDrawn.value) return null
  return (
    <>
      <header class="top">
        <div class="who-and-tools">
          <div class="who-and-connection">
            <h1>{person?.user.name ?? 'Ringside'}</h1>
            {status && <ConnectionState connection={status.connection} progress={status.progress} />}
          </div>
          <Tools model={model} person={person} />
        </div>
        {person !== undefined && <SearchField typed={model.typed.value} onType={model.find} />}
        {model.isLost.value && <Lost model={model} />}
      </header>
      {person !== undefined && watchesAnybody(person.user) && <ToBoard model={model} />}
      {person !== undefined ? (
        <Calls model={model} person={person} />
      ) : (
        status && <SignIn model={model} status={status} />
      )}
    </>
  )
}

interface ToolsProps {
  readonly model: PopupModel
  readonly person: OpenPerson | undefined
}

/** The ways out, always in sight, and what has to be at hand before somebody looks over one’s shoulder. */
function Tools({ model, person }: ToolsProps) {
  const mask = i18n.t(isMasking.value ? 'popup.unmask' : 'popup.mask')
  const settings = i18n.t('popup.settings')
  return (
    <nav class="tools">
      {person && (
        <button type="button" onClick={model.openReports}>
          <ReportsIcon />
          <span>{i18n.t('popup.reports')}</span>
        </button>
      )}
      {person && (
        <button
          type="button"
          class="tool"
          aria-label={mask}
          title={`${mask}. ${i18n.t('privacy.maskLead')}`}
          onClick={() => void setMasking(!isMasking.value)}
        >
          <EyeIcon isCrossedOut={isMasking.value} />
        </button>
      )}
      <button type="button" class="tool" aria-label={settings} title={settings} onClick={model.openSettings}>
        <SettingsIcon />
      </button>
    </nav>
  )
}

/** That nothing can be asked of the relay, and the way to try it now. */
function Lost({ model }: { readonly model: PopupModel }) {
  return (
    <p class="lost">
      <span>{i18n.t('popup.lostLead')}</span>
      <button type="button" onClick={() => void model.reconnect()}>
        {i18n.t('popup.tryAgain')}
      </button>
    </p>
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
        <button type="button" class="primary" onClick={model.openWelcome}>
          {i18n.t('popup.setUp')}
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

function Calls({ model, person }: { readonly model: PopupModel; readonly person: OpenPerson }) {
  if (model.today.value === undefined) return <main class="lead">{i18n.t('popup.loading')}</main>
  return (
    <main>
      <Problems model={model} />
      <Alerts model={model} />
      <CrmAttention />
      <LiveCalls model={model} person={person} />
      {model.typed.value.trim() !== '' ? (
        <People model={model} person={person} />
      ) : (
        <>
          {/* Calls are read after the figures: what has them stands below, so that nothing moves under somebody's pointer. */}
          <Today model={model} />
          <ToReturn model={model} person={person} />
          <CallList model={model} person={person} />
        </>
      )}
    </main>
  )
}

/** Why what is shown may not be all there was. */
function Problems({ model }: { readonly model: PopupModel }) {
  const { subscription, gapNoticedMs, isStoreRefusing, isStoreScarce } = model.status.value ?? {}
  return (
    <>
      {isStoreRefusing && <p class="problem">{i18n.t('guard.store')}</p>}
      {isStoreScarce && !isStoreRefusing && <p class="problem">{i18n.t('privacy.scarce')}</p>}
      {subscription && subscription.status !== 'Active' && <p class="problem">{i18n.t('connection.subscription')}</p>}
      {gapNoticedMs !== undefined && startOfDay(gapNoticedMs) === startOfDay(Date.now()) && (
        <p class="problem">{i18n.t('connection.gap', [formatTime(gapNoticedMs, language())])}</p>
      )}
    </>
  )
}
