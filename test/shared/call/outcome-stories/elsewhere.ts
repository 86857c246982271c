import { caller, colleague, meCalling, mine, outsider } from '../cast.ts'
import { calling, type OutcomeCase, rung } from './story.ts'

const phone2 = { ...outsider, id: 'p-3' }

/** It went to a fax, a voicemail or a colleague, or was turned away. */
export const ELSEWHERE: readonly OutcomeCase[] = [
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
]
