import { computed, type ReadonlySignal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import { watchesAnybody } from '../../shared/protocol/wire.ts'
import { createRelayClient } from '../lib/relay/relay-client.ts'
import type { SignIn } from '../lib/store/schema.ts'
import { createAlertsModel } from './alerts/alerts-model.ts'
import { followImportant } from './alerts/follow-important.ts'
import { createAlertNotices } from './alerts/notices.ts'
import { Board, Lead } from './Board.tsx'
import type { FeedNews, FeedOrder } from './feed/contract.ts'
import FeedWorker from './feed/worker.ts?worker'
import { createHelpModel } from './help/help-model.ts'
import { createBoardModel } from './model/board-model.ts'
import { createFeedModel } from './model/feed-model.ts'
import type { BoardPage } from './page.ts'
import { createPaneModel } from './pane/pane-model.ts'
import { createBoardRequests } from './requests.ts'
import { createRoutingModel } from './routing/routing-model.ts'

/** The board of whoever is signed in. Another person, or the same at another relay, has another board. */
export function App({ signIn }: { readonly signIn: ReadonlySignal<SignIn | null | undefined> }) {
  const now = signIn.value
  if (now === undefined) return null
  if (now === null) return <Lead text={i18n.t('board.signedOut')} />
  if (!watchesAnybody(now.user)) return <Lead text={i18n.t('board.watchesNobody')} />
  return <PersonBoard key={`${now.relayUrl} ${now.token}`} first={now} signIn={signIn} />
}

interface PersonBoardProps {
  readonly first: SignIn
  /** The same, as it goes on: whom they watch may change. */
  readonly signIn: ReadonlySignal<SignIn | null | undefined>
}

function PersonBoard({ first, signIn }: PersonBoardProps) {
  const [{ page, start }] = useState(() =>
    createPage(
      first,
      computed(() => signIn.value?.user ?? first.user),
    ),
  )
  useEffect(start, [])
  return <Board page={page} />
}

/** A tick is short enough that a second on the clock never lasts visibly longer than another. */
const TICK_MS = 250

function createPage({ relayUrl, token }: SignIn, user: ReadonlySignal<SignIn['user']>) {
  const client = createRelayClient({ relayUrl, token }, { fetch: (input, init) => fetch(input, init) })
  const feed = createFeedModel({ nowMs: () => Date.now(), beforeFrame })
  const model = createBoardModel({ feed, user, address: ADDRESS })
  const requests = createBoardRequests(client)
  const important = followImportant(user, model.settings)
  const routing = createRoutingModel({
    ...{ requests, connection: feed.connection, told: feed.notices },
    isSeen: () => !document.hidden,
    clock: {
      after: (delayMs, action) => {
        const timer = setTimeout(action, delayMs)
        return () => clearTimeout(timer)
      },
    },
  })
  const page: BoardPage = {
    ...{ model, client, requests, routing },
    pane: createPaneModel(),
    help: createHelpModel(model, requests, () => Date.now()),
    alerts: createAlertsModel({
      model,
      importantKeys: important.keys,
      notices: createAlertNotices(() => model.names.peek()),
    }),
  }

  /** Returns what ends it. */
  function start(): () => void {
    const worker = new FeedWorker()
    worker.onmessage = ({ data }: MessageEvent<FeedNews>) => feed.take(data)
    const order = (message: FeedOrder) => worker.postMessage(message)
    const { name, version } = browser.runtime.getManifest()
    order({ type: 'follow', relayUrl, token, client: `${name.toLowerCase().split(' ')[0]}-board/${version}` })
    const hurry = () => {
      if (document.hidden) return
      order({ type: 'hurry' })
      routing.look()
    }
    document.addEventListener('visibilitychange', hurry)
    addEventListener('online', hurry)
    const timer = setInterval(feed.tick, TICK_MS)
    return () => {
      worker.terminate()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', hurry)
      removeEventListener('online', hurry)
      important.close()
      routing.close()
    }
  }

  return { page, start }
}

/** A page that nobody sees has no frames: its alerts go on all the same. */
function beforeFrame(task: () => void): void {
  if (document.hidden) queueMicrotask(task)
  else requestAnimationFrame(task)
}

const ADDRESS = {
  read: () => location.hash.slice(1),
  write: (address: string) => history.replaceState(null, '', `#${address}`),
}
