import { caller, colleague, meCalling, mine, outsider } from '../cast.ts'
import { calling, type OutcomeCase, reached, rung, type Story, talked } from './story.ts'

/** Somebody took the call: I passed it on, parked it or talked. */
export const TAKEN: readonly OutcomeCase[] = [
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
  [
    'O1 I passed it on, then it came back and I did not take it',
    'transferred',
    [
      ...talked,
      [mine, 'Disconnected', 'BlindTransfer'],
      [{ ...mine, id: 'p-4' }, 'Proceeding'],
      [{ ...mine, id: 'p-4' }, 'Disconnected', 'NoAnswer'],
    ],
  ],
  [
    'O1 I passed it on, then it came back and I took it',
    'answered',
    [
      ...talked,
      [mine, 'Disconnected', 'BlindTransfer'],
      [{ ...mine, id: 'p-4' }, 'Proceeding'],
      [{ ...mine, id: 'p-4' }, 'Answered'],
      [{ ...mine, id: 'p-4' }, 'Disconnected'],
    ],
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
]
