import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { type CallStory, readStory } from '../../lib/call/call-story.ts'
import type { ReadableStore } from '../../lib/store/open.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { formatClock } from '../../lib/wording/format.ts'
import { CallCrm } from '../crm/CallCrm.tsx'
import { Estimates, Evidence, type EvidenceLine } from './Evidence.tsx'
import { JourneyPart, namePerson } from './JourneyPart.tsx'
import { NoteEditor } from './NoteEditor.tsx'
import { RuleRemarks } from './RuleRemarks.tsx'
import { type ShownFigure, selectShownFigures } from './shown-figures.ts'
import { TimelineBar } from './TimelineBar.tsx'

export interface CallDetailProps {
  readonly row: CallRow
  readonly store: ReadableStore
  /** Whose figures they are. */
  readonly extensionId: string
  /** More to do with the call, at its foot. */
  readonly children?: ComponentChildren
}

/** A call taken apart: what was written about it, how it stands in the CRM, its course, its figures, who had it, and the events behind each figure. */
export function CallDetail({ row, store, extensionId, children }: CallDetailProps) {
  const story = useStory({ row, store, extensionId })
  return (
    <div class="call-detail">
      <NoteEditor store={store} telephonySessionId={row.telephonySessionId} />
      <CallCrm key={row.telephonySessionId} row={row} store={store} />
      {row.eventsGone === 1 && <p class="quiet">{i18n.t('story.eventsGone')}</p>}
      {story && <Story row={row} story={story} extensionId={extensionId} />}
      <RuleRemarks row={row} store={store} />
      {children}
    </div>
  )
}

/** The story of a call as it is now: a row that an event has changed is another object, and its story is read again. */
function useStory({ row, store, extensionId }: Omit<CallDetailProps, 'children'>): CallStory | undefined {
  const [story, setStory] = useState<CallStory>()
  useEffect(() => {
    let isWanted = true
    void readStory(store, row, extensionId).then((read) => isWanted && setStory(read))
    return () => {
      isWanted = false
    }
  }, [row, store, extensionId])
  return story
}

interface StoryProps {
  readonly row: Pick<CallRow, 'takenBy' | 'name' | 'phoneNumber'>
  readonly story: CallStory
  readonly extensionId: string
}

/** The story alone, also for a call that is not in the store. */
export function Story({ row, story, extensionId }: StoryProps) {
  const { agent, hungUpBy, journey, legs } = story
  const lines = selectShownFigures(story).map(describeLine)
  return (
    <>
      <TimelineBar figures={agent} />
      <Figures lines={lines} />
      <Estimates lines={lines} />
      <ul class="remarks">
        {row.takenBy && !row.takenBy.isMe && (
          <li>
            {i18n.t('story.takenBy', [row.takenBy.name ?? i18n.t('story.somebody'), formatClock(row.takenBy.afterMs)])}
          </li>
        )}
        {agent.holdCount > 0 && <li>{i18n.t('story.holds', agent.holdCount)}</li>}
        {hungUpBy && (
          <li>
            {hungUpBy.extensionId === extensionId
              ? i18n.t('story.hungUpMe')
              : i18n.t('story.hungUp', [namePerson(hungUpBy, { legs, extensionId, caller: row })])}
          </li>
        )}
      </ul>
      {journey && <JourneyPart traced={journey} extensionId={extensionId} caller={row} />}
      <Why lines={lines} />
    </>
  )
}

/** Minutes and seconds of what there was in the call. */
function Figures({ lines }: { readonly lines: readonly EvidenceLine[] }) {
  const shown = lines.filter(({ figure }) => figure.ms > 0)
  if (shown.length === 0) return null
  return (
    <dl class="call-figures">
      {shown.map(({ label, figure, meaning }) => (
        <div key={label} title={meaning}>
          <dt>{label}</dt>
          <dd title={figure.estimates.length > 0 ? i18n.t('estimate.title') : undefined}>
            {figure.estimates.length > 0 && '≈ '}
            {formatClock(figure.ms)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Every figure to the millisecond with the events it comes from; made when somebody asks. */
function Why({ lines }: { readonly lines: readonly EvidenceLine[] }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="why" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{i18n.t('story.why')}</summary>
      {isOpen && <Evidence lines={lines} />}
    </details>
  )
}

function describeLine({ name, figure }: ShownFigure): EvidenceLine {
  return { label: i18n.t(`figure.${name}`), figure, meaning: i18n.t(`meaning.${name}`) }
}
