import { useEffect } from 'preact/hooks'
import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import { describeRefusal } from '../lib/relay/refusal-words.ts'
import { formatTime } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { AlertStrip } from './alerts/AlertStrip.tsx'
import { Desk } from './desk/Desk.tsx'
import type { BoardConnection } from './feed/contract.ts'
import type { BoardPage } from './page.ts'
import { BoardPane } from './pane/BoardPane.tsx'
import { Wall } from './wall/Wall.tsx'

/** The account live, for whoever watches somebody. */
export function Board({ page }: { readonly page: BoardPage }) {
  const { model } = page
  const connection = model.feed.connection.value
  if (connection.state === 'unauthorised') return <Lead text={i18n.t('board.signInAgain')} />
  if (connection.state === 'watchesNobody') return <Lead text={i18n.t('board.watchesNobody')} />
  const isKnown = model.feed.account.value !== undefined
  const { mode } = model.shown.value
  return (
    <div class="board" data-mode={mode} data-old={connection.state === 'lost'}>
      <Header page={page} connection={connection} />
      {connection.state === 'lost' && <Old connection={connection} isKnown={isKnown} />}
      {isKnown && <AlertStrip page={page} />}
      {!isKnown ? (
        <main class="lead">{connection.state !== 'lost' && <p class="quiet">{i18n.t('board.loading')}</p>}</main>
      ) : mode === 'wall' ? (
        <Wall model={model} />
      ) : (
        <Desk page={page} />
      )}
      {isKnown && <BoardPane page={page} />}
    </div>
  )
}

/** Instead of a board: what is true, and what to do next. */
export function Lead({ text, problem }: { readonly text: string; readonly problem?: string | undefined }) {
  return (
    <main class="lead">
      <h1>{i18n.t('board.title')}</h1>
      <p role="status">{text}</p>
      {problem && <p class="problem">{problem}</p>}
      <button type="button" class="primary" onClick={() => void browser.runtime.openOptionsPage()}>
        {i18n.t('settings.open')}
      </button>
    </main>
  )
}

interface HeaderProps {
  readonly page: BoardPage
  readonly connection: BoardConnection
}

function Header({ page: { model, pane }, connection }: HeaderProps) {
  const { mode } = model.shown.value
  return (
    <header class="top">
      <h1>{i18n.t('board.title')}</h1>
      <span class="connection" data-state={connection.state} role="status">
        {nameConnection(connection)}
      </span>
      <fieldset class="modes">
        <legend class="unseen">{i18n.t('board.modes')}</legend>
        {(['desk', 'wall'] as const).map((one) => (
          <label key={one}>
            <input type="radio" name="mode" checked={mode === one} onChange={() => model.show({ mode: one })} />
            <span>{i18n.t(`board.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      {mode === 'wall' && <FullScreen />}
      <button type="button" title={i18n.t('board.settings')} onClick={() => pane.open({ kind: 'settings' })}>
        {i18n.t('popup.settings')}
      </button>
    </header>
  )
}

/** F is the key of players for it. Chrome wants a click or a key for it. */
function FullScreen() {
  const toggle = () =>
    void (document.fullscreenElement === null
      ? document.documentElement.requestFullscreen()
      : document.exitFullscreen())
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.matches('input, textarea, select')
      if (event.key === 'f' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) toggle()
    }
    addEventListener('keydown', hear)
    return () => removeEventListener('keydown', hear)
  }, [])
  return (
    <button type="button" title={i18n.t('board.fullScreenKey')} onClick={toggle}>
      {i18n.t('board.fullScreen')}
    </button>
  )
}

interface OldProps {
  readonly connection: Extract<BoardConnection, { state: 'lost' }>
  /** Whether there is anything on the board. */
  readonly isKnown: boolean
}

function Old({ connection: { sinceMs, refusal }, isKnown }: OldProps) {
  const time = formatTime(sinceMs, language())
  return (
    <p class="old" role="alert">
      {i18n.t(isKnown ? 'board.old' : 'board.unreachable', [time])}
      {refusal !== undefined && refusal.code !== 'relay_unreachable' && ` ${describeRefusal(refusal, Date.now())}`}
    </p>
  )
}

function nameConnection(connection: BoardConnection): string {
  switch (connection.state) {
    case 'lost':
      return i18n.t('connection.lost', [formatTime(connection.sinceMs, language())])
    case 'watchesNobody':
      return ''
    default:
      return i18n.t(`connection.${connection.state}`)
  }
}
