import { useEffect, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { LiveCall } from '../../../shared/live/types.ts'
import { MAX_WHISPER_CHARACTERS } from '../../../shared/protocol/http/desk.ts'
import { formatTime } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import type { BoardPage } from '../page.ts'
import { listPhrases } from './phrases.ts'

export interface HelpProps {
  readonly page: BoardPage
  readonly extensionId: string
  readonly call: LiveCall
  /** Whether the agent asks for it: then the keys go to the line at once. */
  readonly isAsked: boolean
}

/** What can be done about somebody's call: listening in and a line on their card. The customer hears nothing of either. */
export function Help({ page, extensionId, call, isAsked }: HelpProps) {
  const isOnPhone = call.state === 'talking' || call.state === 'holding'
  return (
    <div class="help">
      {isOnPhone && <Listen page={page} extensionId={extensionId} call={call} />}
      <Whisper page={page} extensionId={extensionId} call={call} isAsked={isAsked} />
      <Refused page={page} call={call} />
    </div>
  )
}

function Listen({ page: { help, model }, extensionId, call }: Omit<HelpProps, 'isAsked'>) {
  useEffect(() => void help.readDevices(), [help])
  const name = model.names.value.person(extensionId)
  if (!help.mayListenTo(extensionId)) return <p class="quiet">{i18n.t('board.mayNotListen', [name])}</p>
  if (help.listening(call) !== undefined) {
    return (
      <p class="listening">
        <span>{i18n.t('board.listeningNow', [name])}</span>
        <button type="button" onClick={() => void help.leave(call)}>
          {i18n.t('board.stopListening')}
        </button>
      </p>
    )
  }
  const refused = help.listenRefusal.value
  if (refused !== undefined) return <p class="quiet">{i18n.t('board.listenRefused', [refused]).trim()}</p>
  const devices = help.devices.value ?? []
  if (help.devices.value !== undefined && devices.length === 0) return <p class="quiet">{i18n.t('board.noPhone')}</p>
  const isPending = isPendingOf(help.asked.value.get(call.currentSessionId), 'listen')
  return (
    <div class="listen">
      <button
        type="button"
        class="primary"
        aria-busy={isPending}
        disabled={isPending || help.deviceId.value === undefined}
        title={i18n.t('board.listenMeaning')}
        onClick={() => void help.listen(extensionId, call)}
      >
        {i18n.t('board.listen')}
      </button>
      {devices.length > 0 && (
        <label>
          <span class="unseen">{i18n.t('board.listenAt')}</span>
          <select value={help.deviceId.value} onChange={({ currentTarget }) => help.chooseDevice(currentTarget.value)}>
            {devices.map(({ id, name: phone, type }) => (
              <option key={id} value={id}>
                {phone ?? type ?? id}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  )
}

function Whisper({ page: { help, model }, extensionId, call, isAsked }: HelpProps) {
  const [text, setText] = useState('')
  const asked = help.asked.value.get(call.currentSessionId)
  const isPending = isPendingOf(asked, 'whisper')
  const send = async (line: string) => {
    if (line.trim() === '' || isPending) return
    if (await help.whisper(extensionId, call, line)) setText((typed) => (typed === line ? '' : typed))
  }
  const name = model.names.value.person(extensionId)
  return (
    <form
      class="whisper"
      onSubmit={(event) => {
        event.preventDefault()
        void send(text)
      }}
    >
      <label>
        {i18n.t('board.whisper', [name])}
        <input
          dir="auto"
          value={text}
          maxLength={MAX_WHISPER_CHARACTERS}
          autocomplete="off"
          // biome-ignore lint/a11y/noAutofocus: whoever opens a raised hand means to answer it.
          autoFocus={isAsked}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" aria-busy={isPending} disabled={isPending || text.trim() === ''}>
        {i18n.t('board.send')}
      </button>
      <div class="phrases">
        {listPhrases(model.settings.value).map((phrase) => (
          <button type="button" key={phrase} disabled={isPending} onClick={() => void send(phrase)}>
            {phrase}
          </button>
        ))}
      </div>
      <p class="quiet" role="status">
        {asked?.kind === 'whisper' &&
          asked.state === 'done' &&
          i18n.t('board.whispered', [formatTime(asked.atMs, language())])}
      </p>
    </form>
  )
}

function Refused({ page: { help }, call }: Pick<HelpProps, 'page' | 'call'>) {
  const asked = help.asked.value.get(call.currentSessionId)
  if (asked?.state !== 'refused') return null
  return (
    <p class="problem" role="alert">
      {asked.refusal}
    </p>
  )
}

function isPendingOf(
  asked: { readonly kind: string; readonly state: string } | undefined,
  kind: 'listen' | 'whisper',
): boolean {
  return asked?.kind === kind && asked.state === 'pending'
}
