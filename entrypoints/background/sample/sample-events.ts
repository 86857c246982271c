import { formatInstant } from '../../../shared/time.ts'
import type { SampleCaller } from '../../lib/caller/sample-caller.ts'

/** What happens to the made-up call: the next event the platform would tell of it. */
export type SampleStep = 'rings' | 'isAnswered' | 'isHeld' | 'isDeclined' | 'ends'

/** The extension that the made-up call goes to: nobody's. */
export const SAMPLE_EXTENSION_ID = 'sample'

/** An event of the made-up call as the platform would send it; both sides are in each, so that every figure is exact. */
export function buildSampleEvent(
  telephonySessionId: string,
  sequence: number,
  step: SampleStep,
  caller: SampleCaller,
  nowMs: number,
): unknown {
  const time = formatInstant(nowMs)
  const { mine, reason, theirs } = STATUSES[step]
  const shared = { from: caller, to: { extensionId: SAMPLE_EXTENSION_ID } }
  return {
    uuid: `${telephonySessionId}-${sequence}`,
    event: '/restapi/v1.0/account/~/extension/~/telephony/sessions',
    timestamp: time,
    body: {
      sequence,
      telephonySessionId,
      eventTime: time,
      parties: [
        { ...shared, id: `${telephonySessionId}-1`, direction: 'Outbound', status: { code: theirs } },
        {
          ...shared,
          id: `${telephonySessionId}-2`,
          extensionId: SAMPLE_EXTENSION_ID,
          direction: 'Inbound',
          status: { code: mine, ...(reason === undefined ? {} : { reason }) },
        },
      ],
      origin: { type: 'Call' },
    },
  }
}

interface StepStatuses {
  readonly mine: string
  readonly reason?: string
  readonly theirs: string
}

const STATUSES: Readonly<Record<SampleStep, StepStatuses>> = {
  rings: { mine: 'Proceeding', theirs: 'Proceeding' },
  isAnswered: { mine: 'Answered', theirs: 'Answered' },
  isHeld: { mine: 'Hold', theirs: 'Answered' },
  isDeclined: { mine: 'Disconnected', reason: 'Rejected', theirs: 'Disconnected' },
  ends: { mine: 'Disconnected', theirs: 'Disconnected' },
}
