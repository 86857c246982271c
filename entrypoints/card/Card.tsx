import { i18n } from '#i18n'
import type { Phase } from '../../shared/call/view.ts'
import type { CardCall } from '../lib/card-facts/card-call.ts'
import { formatClock, formatTime } from '../lib/format.ts'
import type { CardMessage, CardSnapshot } from '../lib/ports.ts'
import { language, nameCounterpart, nameNumber } from '../lib/words.ts'
import { State } from '../ui/State.tsx'
import { useNow } from '../ui/use-now.ts'
import { Actions } from './Actions.tsx'
import { Known } from './Known.tsx'
import { Match } from './Match.tsx'
import { Note } from './Note.tsx'

/** Asks something of the worker. */
export type Send = (message: CardMessage) => void

export interface CardsProps {
  readonly snapshot: CardSnapshot
  /** When the snapshot came, by `performance.now()`: the durations in it have grown by what has passed since. */
  readonly receivedMs: number
  readonly send: Send
}

/** So many calls are shown whole; the ones below fold to a line. */
const WHOLE_CARDS = 2

/** Every call there is to show, in the order given. */
export function Cards({ snapshot, receivedMs, send }: CardsProps) {
  const { calls, lostSinceMs } = snapshot
  const isLost = lostSinceMs !== undefined
  const nowMs = useNow(!isLost && calls.some(isRunning))
  const sinceMs = Math.max(0, nowMs - receivedMs)
  return (
    <section class="cards" aria-label={i18n.t('card.region')}>
      {calls.map((call, index) => (
        <Card
          key={call.telephonySessionId}
          call={call}
          isFolded={index >= WHOLE_CARDS}
          elapsedMs={isLost ? undefined : call.phaseMs + sinceMs}
          send={send}
        />
      ))}
      {isLost && <p class="lost">{i18n.t('card.lost', [formatTime(lostSinceMs, language())])}</p>}
      {snapshot.isAnnouncing && <Announcement call={calls[0]} />}
    </section>
  )
}

interface CardProps {
  readonly call: CardCall
  readonly isFolded: boolean
  /** How long the phase has lasted; `undefined` when that is not known. */
  readonly elapsedMs: number | undefined
  readonly send: Send
}

function Card({ call, isFolded, elapsedMs, send }: CardProps) {
  const { phase, name, number, queueName, direction } = call
  const who = nameCounterpart(name, number)
  return (
    <article class="card" data-phase={phase}>
      <header>
        <State call={call} />
        {phase !== 'ended' && elapsedMs !== undefined && <span class="time">{formatClock(elapsedMs)}</span>}
        <span class="via">{isFolded ? who : (queueName ?? i18n.t(`direction.${direction}`))}</span>
        <HideButton onClick={() => send({ type: 'dismiss', telephonySessionId: call.telephonySessionId })} />
      </header>
      {!isFolded && (
        <>
          <p class="name">{who}</p>
          {name !== undefined && <p class="number">{nameNumber(number)}</p>}
          <Match call={call} send={send} />
          <Known call={call} />
          {hasFigures(call) && <Figures call={call} elapsedMs={elapsedMs} />}
          <Note call={call} send={send} />
          <Actions call={call} send={send} />
        </>
      )}
    </article>
  )
}

function HideButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <button type="button" class="hide" title={i18n.t('card.hide')} aria-label={i18n.t('card.hide')} onClick={onClick}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M4 4l8 8M12 4l-8 8" />
      </svg>
    </button>
  )
}

/** Ring, talk and hold so far: what is finished and what is running, as far as that is known. */
function Figures({ call, elapsedMs }: { readonly call: CardCall; readonly elapsedMs: number | undefined }) {
  const soFar = (finishedMs: number, phase: Phase) =>
    call.phase !== phase ? finishedMs : elapsedMs === undefined ? undefined : finishedMs + elapsedMs
  return (
    <dl class="figures">
      <Figure name="ring" ms={call.ringMs} />
      <Figure name="talk" ms={soFar(call.talkMs, 'talking')} />
      {(call.holdMs > 0 || call.phase === 'onHold') && <Figure name="hold" ms={soFar(call.holdMs, 'onHold')} />}
    </dl>
  )
}

function Figure({ name, ms }: { readonly name: 'ring' | 'talk' | 'hold'; readonly ms: number | undefined }) {
  return (
    <div>
      <dt>{i18n.t(`figure.${name}`)}</dt>
      <dd>{ms === undefined ? '–' : formatClock(ms)}</dd>
    </div>
  )
}

/** Said once when it rings and once when it ends; never the ticking time. */
function Announcement({ call }: { readonly call: CardCall | undefined }) {
  if (call === undefined) return null
  const who = nameCounterpart(call.name, call.number)
  const text =
    call.phase === 'ringing'
      ? i18n.t('card.announceRinging', [who])
      : call.phase === 'ended'
        ? i18n.t('card.announceEnded', [who])
        : ''
  return (
    <p class="announcement" role="status">
      {text}
    </p>
  )
}

function isRunning({ phase }: CardCall): boolean {
  return phase !== 'ended'
}

function hasFigures({ phase, talkMs }: CardCall): boolean {
  return phase === 'talking' || phase === 'onHold' || phase === 'parked' || (phase === 'ended' && talkMs > 0)
}
