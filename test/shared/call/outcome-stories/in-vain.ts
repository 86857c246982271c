import { caller, meCalling, mine, outsider } from '../cast.ts'
import { calling, type OutcomeCase, rung } from './story.ts'

/** Nobody came to speak: busy, failed, given up, not placed or missed. */
export const IN_VAIN: readonly OutcomeCase[] = [
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
  ].flatMap((reason): OutcomeCase[] => [
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
  ...(['Gone', 'Disconnected'] as const).map(
    (code): OutcomeCase => [
      `O14 a colleague passed somebody on while it rang, and is ${code}: it rang out`,
      'missed',
      [...rung, [{ ...caller, extensionId: '300' }, code, 'AttendedTransfer'], [mine, 'Disconnected', 'NoAnswer']],
    ],
  ),
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
  ...[undefined, 'NoAnswer', 'Timeout', 'Rejected', 'TargetBusy', 'Cancelled'].map(
    (reason): OutcomeCase => [
      `O13 I did not pick up my own phone: ${reason ?? 'no reason'}`,
      'notPlaced',
      [
        [{ ...mine, ringOutRole: 'Initiator' }, 'Proceeding'],
        [{ ...mine, ringOutRole: 'Initiator' }, 'Disconnected', reason],
      ],
    ],
  ),
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
