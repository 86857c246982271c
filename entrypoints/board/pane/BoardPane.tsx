import { i18n } from '#i18n'
import { unreachable } from '../../../shared/assert.ts'
import { Pane } from '../../ui/Pane.tsx'
import type { BoardPage } from '../page.ts'
import { BoardSettingsForm } from '../settings/BoardSettingsForm.tsx'
import { CallApart } from './CallApart.tsx'
import { NumberBehind } from './NumberBehind.tsx'
import { PersonPart } from './PersonPart.tsx'
import type { PaneView } from './pane-model.ts'
import { QueuePart } from './QueuePart.tsx'
import { RulePart } from './RulePart.tsx'

/** What is opened beside the board: somebody, a queue, what a number is made of, a rule, a call, the settings. */
export function BoardPane({ page }: { readonly page: BoardPage }) {
  const { pane } = page
  const view = pane.view.value
  if (view === undefined) return null
  const title = nameView(view, page)
  return (
    <Pane
      label={title}
      title={<bdi>{title}</bdi>}
      about={describeAbout(view)}
      onClose={pane.close}
      onBack={pane.canGoBack.value ? pane.back : undefined}
    >
      <Content view={view} page={page} />
    </Pane>
  )
}

function Content({ view, page }: { readonly view: PaneView; readonly page: BoardPage }) {
  switch (view.kind) {
    case 'person':
      return <PersonPart key={view.extensionId} page={page} extensionId={view.extensionId} figure={view.figure} />
    case 'queue':
      return <QueuePart key={view.queueId} page={page} queueId={view.queueId} figure={view.figure} />
    case 'overview':
      return <NumberBehind page={page} figure={view.figure} />
    case 'call':
      return <CallApart key={view.call.sessions[0]} page={page} call={view.call} />
    case 'rule':
      return <RulePart key={view.name} page={page} name={view.name} />
    case 'settings':
      return <BoardSettingsForm page={page} />
    default:
      return unreachable(view)
  }
}

function nameView(view: PaneView, { model }: BoardPage): string {
  const names = model.names.value
  switch (view.kind) {
    case 'person':
      return names.person(view.extensionId)
    case 'queue':
      return names.queue(view.queueId)
    case 'overview':
      return i18n.t(`board.number.${view.figure}`)
    case 'call':
      return view.call.title
    case 'rule':
      return view.name
    case 'settings':
      return i18n.t('board.settings')
    default:
      return unreachable(view)
  }
}

/** The keys go to the pane when it is about something else, and not when another list of the same is wanted. */
function describeAbout(view: PaneView): string {
  switch (view.kind) {
    case 'person':
      return view.extensionId
    case 'queue':
      return view.queueId
    case 'overview':
      return view.figure
    case 'call':
      return view.call.sessions.join(' ')
    case 'rule':
      return `rule ${view.name}`
    case 'settings':
      return view.kind
    default:
      return unreachable(view)
  }
}
