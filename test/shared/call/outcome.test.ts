import { describe, expect, it } from 'vitest'
import { OUTCOMES, selectOutcome } from '../../../shared/call/outcome.ts'
import { selectDirection, selectMine } from '../../../shared/call/roles.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { type StepFields, step } from '../../support/notification.ts'
import { caller, callOf, colleague, MY_EXTENSION_ID, meCalling, mine, outsider } from './cast.ts'

type Story = readonly (readonly [who: StepFields, code: string, reason?: string | undefined])[]

/** What happened after another, each as an event of its own, 10 ms apart. */
function tell(story: Story): readonly TelephonyNotification[] {
  return story.map(([who, code, reason], index) => step(index + 2, index * 10, code, { ...who, reason }))
}

function outcomeOf(story: Story): string {
  const call = callOf(...tell(story))
  return selectOutcome(call, selectMine(call, MY_EXTENSION_ID))
}

const rung: Story = [
  [caller, 'Answered'],
  [mine, 'Proceeding'],
]
const talked: Story = [...rung, [mine, 'Answered']]
const calling: Story = [
  [meCalling, 'Setup'],
  [outsider, 'Proceeding'],
  [meCalling, 'Proceeding'],
]
const reached: Story = [...calling, [outsider, 'Answered'], [meCalling, 'Answered']]
const phone2 = { ...outsider, id: 'p-3' }

const cases: readonly (readonly [title: string, outcome: string, story: Story])[] = [
  ['O1 I passed it on blindly', 'transferred', [...talked, [mine, 'Disconnected', 'BlindTransfer']]],
  ['O1 I passed it on after asking', 'transferred', [...talked, [mine, 'Gone', 'AttendedTransfer']]],
  ['O1 an application passed it on for me', 'transferred', [...talked, [mine, 'Disconnected', 'RccTransfer']]],
  ['O1 I passed it on by keys', 'transferred', [...talked, [mine, 'Disconnected', 'DtmfTransfer']]],
  ['O1 I sent it on while it rang', 'transferred', [...rung, [mine, 'Disconnected', 'BlindTransfer']]],
  ['O1 I passed on a call of mine', 'transferred', [...reached, [meCalling, 'Disconnected', 'BlindTransfer']]],
  [
    'O1 I passed it on while it was parked',
    'transferred',
    [...talked, [mine, 'Parked', 'CallPark'], [mine, 'Gone', 'AttendedTransfer']],
  ],
  [
    'O1 I sent it on while it rang, and a colleague took it',
    'transferred',
    [...rung, [mine, 'Disconnected', 'BlindTransfer'], [colleague, 'Answered']],
  ],
  ['O2 it was parked when I left', 'parked', [...talked, [mine, 'Parked', 'CallPark'], [mine, 'Disconnected']]],
  [
    'O2 it was parked when it was fetched',
    'parked',
    [...talked, [mine, 'Parked', 'ParkLocation'], [mine, 'Gone', 'Pickup']],
  ],
  [
    'O2 it was parked, but I took it again',
    'answered',
    [...talked, [mine, 'Parked', 'CallPark'], [mine, 'Answered'], [mine, 'Disconnected']],
  ],
  [
    'O2 it was parked, and the word of my answer was lost',
    'parked',
    [...rung, [mine, 'Parked'], [mine, 'Disconnected']],
  ],
  [
    'O2 I parked it, then it came back and I did not take it',
    'parked',
    [
      ...talked,
      [mine, 'Disconnected', 'CallPark'],
      [{ ...mine, id: 'p-4' }, 'Proceeding'],
      [{ ...mine, id: 'p-4' }, 'Disconnected', 'NoAnswer'],
    ],
  ],
  [
    'O2 I parked it, then it came back and I took it',
    'answered',
    [
      ...talked,
      [caller, 'Parked'],
      [mine, 'Disconnected', 'CallPark'],
      [{ ...mine, id: 'p-4' }, 'Proceeding'],
      [caller, 'Answered'],
      [{ ...mine, id: 'p-4' }, 'Answered'],
      [{ ...mine, id: 'p-4' }, 'Disconnected'],
    ],
  ],
  ['O3 I talked', 'answered', [...talked, [mine, 'Disconnected']]],
  ['O3 I held it, and the word of my answer was lost', 'answered', [...rung, [mine, 'Hold'], [mine, 'Disconnected']]],
  [
    'O3 whom I called held me, and the word of their answer was lost',
    'answered',
    [...calling, [colleague, 'Hold'], [meCalling, 'Answered'], [meCalling, 'Disconnected']],
  ],
  ['O3 I talked, whatever I left for', 'answered', [...talked, [mine, 'Disconnected', 'Rejected']]],
  [
    'O3 I talked, and it went to voicemail after that',
    'answered',
    [...talked, [mine, 'VoiceMail'], [mine, 'Disconnected']],
  ],
  [
    'O3 I talked, and so did a colleague before and after me',
    'answered',
    [
      ...([[colleague, 'Answered']] as Story),
      ...talked,
      [mine, 'Disconnected'],
      [{ ...colleague, id: 'p-4' }, 'Answered'],
    ],
  ],
  ['O3 whom I called answered', 'answered', [...reached, [meCalling, 'Disconnected'], [outsider, 'Disconnected']]],
  [
    'O3 whom I called answered, though nothing says that my own leg was',
    'answered',
    [...calling, [outsider, 'Answered'], [meCalling, 'Disconnected'], [outsider, 'Disconnected']],
  ],
  [
    'O3 I called, and my own leg is all there is to see',
    'answered',
    [
      [meCalling, 'Setup'],
      [meCalling, 'Answered'],
      [meCalling, 'Disconnected'],
    ],
  ],
  [
    'O3 I called, and my Answered says only that the call reached the other side',
    'cancelled',
    [
      [meCalling, 'Setup'],
      [colleague, 'Setup'],
      [meCalling, 'Answered'],
      [colleague, 'Proceeding'],
      [meCalling, 'Disconnected'],
      [colleague, 'Disconnected'],
    ],
  ],
  ['O4 it went to my fax', 'fax', [...rung, [mine, 'FaxReceive'], [mine, 'Disconnected']]],
  ["O4 it went to the other side's fax", 'fax', [...calling, [outsider, 'FaxReceive'], [meCalling, 'Disconnected']]],
  [
    'O4 it went to my fax after my voicemail',
    'fax',
    [...rung, [mine, 'VoiceMail'], [mine, 'FaxReceive'], [mine, 'Disconnected']],
  ],
  ['O5 it went to my voicemail', 'voicemail', [...rung, [mine, 'VoiceMail'], [mine, 'Disconnected']]],
  [
    'O5 it went to my voicemail and I listened in',
    'voicemail',
    [...rung, [mine, 'VoiceMailScreening'], [mine, 'Disconnected']],
  ],
  ['O5 it left me for voicemail', 'voicemail', [...rung, [mine, 'Disconnected', 'Voicemail']]],
  [
    "O5 it went to the other side's voicemail",
    'voicemail',
    [...calling, [outsider, 'VoiceMail'], [meCalling, 'Disconnected'], [outsider, 'Disconnected']],
  ],
  [
    'O5 it went to my voicemail, which the caller left first',
    'voicemail',
    [...rung, [mine, 'VoiceMail'], [caller, 'Disconnected'], [mine, 'Disconnected', 'Cancelled']],
  ],
  ['O6 I sent a message, and my leg ended with it', 'replied', [...rung, [mine, 'Disconnected', 'CallReplied']]],
  [
    'O6 I sent a message, and the caller left after it',
    'replied',
    [...rung, [mine, 'Setup', 'CallReplied'], [caller, 'Disconnected'], [mine, 'Disconnected']],
  ],
  [
    'O6 I sent a message, and it is told of the caller',
    'replied',
    [...rung, [caller, 'Disconnected', 'CallReplied'], [mine, 'Disconnected']],
  ],
  [
    'O6 whom I called sent me a message',
    'replied',
    [...calling, [outsider, 'Disconnected', 'CallReplied'], [meCalling, 'Disconnected']],
  ],
  [
    'O5 I sent a message, and the caller left one as well',
    'voicemail',
    [...rung, [mine, 'Setup', 'CallReplied'], [mine, 'VoiceMail'], [mine, 'Disconnected']],
  ],
  ['O7 I declined it', 'rejected', [...rung, [mine, 'Disconnected', 'Rejected'], [caller, 'Disconnected']]],
  [
    'O7 the other side declined it',
    'rejected',
    [...calling, [outsider, 'Disconnected', 'Rejected'], [meCalling, 'Disconnected']],
  ],
  [
    'O7 I declined it, and a colleague took it',
    'rejected',
    [...rung, [mine, 'Disconnected', 'Rejected'], [colleague, 'Answered']],
  ],
  [
    'O7 one phone of the other side declined it, another was busy',
    'rejected',
    [...calling, [phone2, 'Disconnected', 'TargetBusy'], [outsider, 'Disconnected', 'Rejected'], [meCalling, 'Gone']],
  ],
  ['O8 another agent answered', 'answeredElsewhere', [...rung, [mine, 'Disconnected', 'AgentAnswered']]],
  ['O8 somebody picked it up', 'answeredElsewhere', [...rung, [mine, 'Disconnected', 'Pickup']]],
  [
    'O8 a colleague took it, and no reason says so',
    'answeredElsewhere',
    [...rung, [colleague, 'Proceeding'], [colleague, 'Answered'], [mine, 'Disconnected']],
  ],
  [
    'O8 a colleague had it before it came to me',
    'missed',
    [
      [caller, 'Answered'],
      [colleague, 'Answered'],
      [colleague, 'Disconnected', 'BlindTransfer'],
      [{ ...mine, id: 'p-4' }, 'Proceeding'],
      [{ ...mine, id: 'p-4' }, 'Disconnected', 'NoAnswer'],
      [caller, 'Disconnected'],
    ],
  ],
  [
    'O8 a machine that answered did not take it',
    'missed',
    [
      ...rung,
      [{ ...colleague, extensionId: '900' }, 'Answered'],
      [{ ...colleague, extensionId: '900' }, 'Disconnected', 'CallerInputRedirect'],
      [mine, 'Disconnected'],
      [caller, 'Disconnected'],
    ],
  ],
  ['O8 somebody took it over', 'answeredElsewhere', [...rung, [mine, 'Disconnected', 'TakeOver']]],
  ['O9 I was busy', 'busy', [...rung, [mine, 'Disconnected', 'TargetBusy'], [caller, 'Disconnected']]],
  [
    'O9 the other side was busy',
    'busy',
    [...calling, [outsider, 'Disconnected', 'TargetBusy'], [meCalling, 'Disconnected']],
  ],
  ['O9 my own leg says that the other side was busy', 'busy', [...calling, [meCalling, 'Disconnected', 'TargetBusy']]],
  ...[
    'InvalidNumber',
    'InternationalDisabled',
    'DestinationBlocked',
    'NotEnoughFunds',
    'NoSuchUser',
    'InternalError',
  ].flatMap((reason): (readonly [title: string, outcome: string, story: Story])[] => [
    [
      `O10 a call of mine failed: ${reason}`,
      'failed',
      [
        [meCalling, 'Setup'],
        [meCalling, 'Disconnected', reason],
      ],
    ],
    [`O10 a call to me failed: ${reason}`, 'failed', [...rung, [mine, 'Disconnected', reason]]],
  ]),
  ['O11 the caller left while it rang', 'callerGaveUp', [...rung, [caller, 'Disconnected'], [mine, 'Disconnected']]],
  ...(['Gone', 'Disconnected'] as const).map((code): readonly [title: string, outcome: string, story: Story] => [
    `O14 a colleague passed somebody on while it rang, and is ${code}: it rang out`,
    'missed',
    [...rung, [{ ...caller, extensionId: '300' }, code, 'AttendedTransfer'], [mine, 'Disconnected', 'NoAnswer']],
  ]),
  [
    'O11 the reason says so, and the caller cannot be seen',
    'callerGaveUp',
    [
      [mine, 'Proceeding'],
      [mine, 'Disconnected', 'Cancelled'],
    ],
  ],
  [
    'O11 the caller left after it had rung out here',
    'missed',
    [...rung, [mine, 'Disconnected'], [caller, 'Disconnected']],
  ],
  [
    'O12 I left before anybody answered',
    'cancelled',
    [...calling, [meCalling, 'Disconnected'], [outsider, 'Disconnected', 'Cancelled']],
  ],
  [
    'O12 I left, and nobody else is to see',
    'cancelled',
    [
      [meCalling, 'Setup'],
      [meCalling, 'Disconnected'],
    ],
  ],
  [
    'O12 my own leg says so',
    'cancelled',
    [...calling, [outsider, 'Disconnected'], [meCalling, 'Disconnected', 'Cancelled']],
  ],
  ...[undefined, 'NoAnswer', 'Timeout', 'Rejected', 'TargetBusy', 'Cancelled'].map((reason): (typeof cases)[number] => [
    `O13 I did not pick up my own phone: ${reason ?? 'no reason'}`,
    'notPlaced',
    [
      [{ ...mine, ringOutRole: 'Initiator' }, 'Proceeding'],
      [{ ...mine, ringOutRole: 'Initiator' }, 'Disconnected', reason],
    ],
  ]),
  [
    'O9 the other side was busy, and the event of my own phone’s answer was lost',
    'busy',
    [
      [{ ...mine, ringOutRole: 'Initiator' }, 'Proceeding'],
      [{ ...outsider, id: 'p-3', ringOutRole: 'Target' }, 'Setup'],
      [{ ...outsider, id: 'p-3', ringOutRole: 'Target' }, 'Disconnected', 'TargetBusy'],
      [{ ...mine, ringOutRole: 'Initiator' }, 'Disconnected'],
    ],
  ],
  [
    'O13 my own mailbox took the call to my own phone',
    'notPlaced',
    [
      [{ ...mine, ringOutRole: 'Initiator' }, 'Proceeding'],
      [{ ...mine, ringOutRole: 'Initiator' }, 'VoiceMail'],
      [{ ...mine, ringOutRole: 'Initiator' }, 'Disconnected'],
    ],
  ],
  [
    'O13 I did not pick up my own phone, and the other side was set up by then',
    'notPlaced',
    [
      [{ ...mine, ringOutRole: 'Initiator' }, 'Proceeding'],
      [{ ...outsider, id: 'p-3', ringOutRole: 'Target' }, 'Setup'],
      [{ ...mine, ringOutRole: 'Initiator' }, 'Disconnected', 'NoAnswer'],
      [{ ...outsider, id: 'p-3', ringOutRole: 'Target' }, 'Disconnected', 'Cancelled'],
    ],
  ],
  [
    'O10 a call of mine by RingOut failed before my own phone was picked up',
    'failed',
    [
      [{ ...mine, ringOutRole: 'Initiator' }, 'Proceeding'],
      [{ ...mine, ringOutRole: 'Initiator' }, 'Disconnected', 'NotEnoughFunds'],
    ],
  ],
  [
    'O12 I picked up my own phone, and left before the other side was rung',
    'cancelled',
    [
      [{ ...mine, ringOutRole: 'Initiator' }, 'Proceeding'],
      [caller, 'Setup'],
      [{ ...mine, ringOutRole: 'Initiator' }, 'Answered'],
      [{ ...mine, ringOutRole: 'Initiator' }, 'Disconnected'],
    ],
  ],
  ['O14 it rang out here', 'missed', [...rung, [mine, 'Disconnected', 'NoAnswer'], [caller, 'Disconnected']]],
  ['O14 it timed out here', 'missed', [...rung, [mine, 'Disconnected', 'Timeout'], [caller, 'Disconnected']]],
  [
    'O14 it rang out here, and the caller cannot be seen',
    'missed',
    [
      [mine, 'Proceeding'],
      [mine, 'Disconnected'],
    ],
  ],
  [
    'O14 it rang out there',
    'missed',
    [...calling, [outsider, 'Disconnected', 'NoAnswer'], [meCalling, 'Disconnected']],
  ],
  [
    'O14 it rang out there, and no reason says so',
    'missed',
    [...calling, [outsider, 'Disconnected'], [meCalling, 'Disconnected']],
  ],
]

describe('how my part in a call came out:', () => {
  it.each(cases)('%s: %s', (_, outcome, story) => {
    expect(outcomeOf(story)).toBe(outcome)
  })
})

describe('which outcome fits first', () => {
  /** Reasons that one phone each may give, in the order in which their outcomes come. */
  const order = [
    ['Voicemail', 'voicemail'],
    ['CallReplied', 'replied'],
    ['Rejected', 'rejected'],
    ['AgentAnswered', 'answeredElsewhere'],
    ['TargetBusy', 'busy'],
    ['NoSuchUser', 'failed'],
    ['Cancelled', 'callerGaveUp'],
    ['NoAnswer', 'missed'],
  ] as const
  const pairs = order.flatMap(([reason, outcome], index) =>
    order.slice(index + 1).map(([later]) => [reason, later, outcome] as const),
  )

  it.each(pairs)('of %s on one phone of mine and %s on another: %s', (reason, later, outcome) => {
    const second = { ...mine, id: 'p-4' }
    const story: Story = [
      ...rung,
      [second, 'Proceeding'],
      [second, 'Disconnected', reason],
      [mine, 'Disconnected', later],
    ]
    expect(outcomeOf(story)).toBe(outcome)
  })
})

it('by RingOut my own phone is rung first, and the call is mine all the same', () => {
  const me = { ...mine, ringOutRole: 'Initiator' }
  const called = { ...outsider, id: 'p-3', ringOutRole: 'Target' }
  const story: Story = [
    [me, 'Answered'],
    [called, 'Proceeding'],
    [called, 'Disconnected', 'TargetBusy'],
    [me, 'Disconnected'],
  ]
  const call = callOf(...tell(story))
  expect(call.legs.map((leg) => selectDirection(leg))).toEqual(['Outbound', 'Inbound'])
  expect(outcomeOf(story)).toBe('busy')
})

it('every outcome is reached by one of these stories', () => {
  expect(new Set(cases.map(([, outcome]) => outcome))).toEqual(new Set(OUTCOMES))
})
