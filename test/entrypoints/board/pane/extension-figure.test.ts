import { expect, it } from 'vitest'
import { isOfPersonFigure } from '../../../../entrypoints/board/pane/extension-figure.ts'
import type { PersonFigure } from '../../../../entrypoints/board/pane/pane-model.ts'
import { linkJourneys } from '../../../../shared/call/my-calls.ts'
import { createLiveAccount } from '../../../../shared/live/account.ts'
import { selectExtensionCalls } from '../../../../shared/live/extension-calls.ts'
import { formatInstant } from '../../../../shared/time.ts'
import { toldAs } from '../../../support/live.ts'
import { loadStream, STREAM_NAMES } from '../../../support/streams.ts'
import { trackAll } from '../../../support/track-all.ts'

const BEA = '400102'
const isQueueId = (id: string) => id === '400195'

it.each(STREAM_NAMES)('%s: the calls behind a figure are as many as the figure says', (name) => {
  const events = loadStream(name)
  const account = createLiveAccount({ sinceMs: 0, isQueueId })
  for (const event of events) account.take(toldAs(event))
  const { today } = account.extension(BEA)
  const { ended } = selectExtensionCalls(
    linkJourneys(
      [...Map.groupBy(events, ({ telephonySessionId }) => telephonySessionId)].map(
        ([id, own]) => trackAll(id, own).call,
      ),
    ),
    BEA,
  )
  const calls = ended.map((call) => ({
    ...call,
    startedAt: formatInstant(call.startedMs),
    endedAt: formatInstant(call.endedMs),
    sessions: [...call.sessions],
  }))
  const behind = (figure: PersonFigure) => calls.filter((call) => isOfPersonFigure(call, figure))
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  expect({
    calls: behind('calls').length,
    answered: behind('answered').length,
    missed: behind('missed').length,
    talkMs: sum(behind('talk').map(({ talkMs }) => talkMs)),
    holdMs: sum(behind('hold').map(({ holdMs }) => holdMs)),
  }).toEqual(today)
})
