/**
 * The words RingCentral uses for states and reasons. Both lists are open: values are added without notice, and the guide, the
 * API description and RingCentral's own libraries spell some of them differently. So words are compared whatever their case,
 * and one that is not here is kept as it came.
 *
 * Source: RingCentral API reference, telephony sessions event; aliases from the developer guide's tables.
 */

/** The states a party can be in, spelled as RingCentral's API description does. */
export const STATUS_CODES = [
  'Setup',
  'Proceeding',
  'Answered',
  'Hold',
  'VoiceMail',
  'VoiceMailScreening',
  'FaxReceive',
  'Parked',
  'Gone',
  'Disconnected',
  'Tds',
] as const
export type StatusCode = (typeof STATUS_CODES)[number]

/** Why a party left, moved or waits. `Conference` is in no list and was met in traffic. */
export const REASONS = [
  'Pickup',
  'Supervising',
  'TakeOver',
  'Timeout',
  'BlindTransfer',
  'RccTransfer',
  'AttendedTransfer',
  'CallerInputRedirect',
  'CallFlip',
  'ParkLocation',
  'DtmfTransfer',
  'AgentAnswered',
  'AgentDropped',
  'Rejected',
  'Cancelled',
  'InternalError',
  'NoAnswer',
  'TargetBusy',
  'InvalidNumber',
  'InternationalDisabled',
  'DestinationBlocked',
  'NotEnoughFunds',
  'NoSuchUser',
  'CallPark',
  'CallRedirected',
  'CallReplied',
  'CallSwitch',
  'CallFinished',
  'CallDropped',
  'Voicemail',
  'Conference',
] as const
export type Reason = (typeof REASONS)[number]

const codes = foldNames(STATUS_CODES, {
  vmscreening: 'VoiceMailScreening',
})
const reasons = foldNames(REASONS, {})

/** The state a code means, whatever its case or spelling; `Unrecognised` for one that we do not know. */
export function decodeStatusCode(raw: string): StatusCode | 'Unrecognised' {
  return codes.get(raw) ?? codes.get(raw.toLowerCase()) ?? 'Unrecognised'
}

/** The reason a word means, whatever its case; `Unrecognised` for one that we do not know. */
export function decodeReason(raw: string): Reason | 'Unrecognised' {
  return reasons.get(raw) ?? reasons.get(raw.toLowerCase()) ?? 'Unrecognised'
}

/** Every name under its own spelling, which is found without making another string, and under its lower case. */
function foldNames<Name extends string>(
  names: readonly Name[],
  aliases: Readonly<Record<string, Name>>,
): ReadonlyMap<string, Name> {
  return new Map([
    ...names.flatMap((name) => [[name, name] as const, [name.toLowerCase(), name] as const]),
    ...Object.entries(aliases),
  ])
}
