import {
  type Act,
  type Conditions,
  type Destination,
  type NumberList,
  type NumberPattern,
  type Rule,
  type TimeWindow,
  WEEKDAYS,
} from '../../../shared/rules/rule.ts'
import type { JsoncPath } from '../../json-file/parse-jsonc.ts'
import { decodeNumber, NO_NUMBER } from './number-list.ts'
import type { WrittenAct, WrittenConditions, WrittenRule } from './rule-file.ts'

export type Lists = ReadonlyMap<string, NumberList>

/** Makes a fault known at a path; the reason follows its name. */
export type ComplainAt = (path: JsoncPath, reason: string) => void

/** Holds only when nothing was complained of. */
export function compileRule(written: WrittenRule, lists: Lists, complain: ComplainAt): Rule {
  return {
    name: written.name,
    when: compileConditions(written.when, lists, (path, reason) => complain(['when', ...path], reason)),
    acts: written.do.flatMap((act) => compileAct(act) ?? []),
    goOn: written.goOn,
    isDry: written.dry,
  }
}

function compileConditions(written: WrittenConditions, lists: Lists, complain: ComplainAt): Conditions {
  const { caller, called, extensions, queues, ringingForS, callsToday, times } = written
  const compilePatterns = (name: 'caller' | 'called', texts: readonly string[]): readonly NumberPattern[] =>
    texts.flatMap((text, index) => compilePattern(text, lists, (reason) => complain([name, index], reason)) ?? [])
  return {
    ...(caller && { caller: compilePatterns('caller', caller) }),
    ...(called && { called: compilePatterns('called', called) }),
    ...(extensions && { extensionIds: new Set(extensions) }),
    ...(queues && { queueIds: new Set(queues) }),
    ...(ringingForS !== undefined && { ringingForMs: ringingForS * 1000 }),
    ...(callsToday !== undefined && { callsToday }),
    ...(times && { times: times.map(compileWindow) }),
  }
}

function compilePattern(text: string, lists: Lists, complain: (reason: string) => void): NumberPattern | undefined {
  if (text === 'withheld') return { kind: 'withheld' }
  if (!text.startsWith('list:')) {
    const decoded = decodeNumber(text)
    if (decoded === undefined) complain(NO_NUMBER)
    return decoded
  }
  const list = lists.get(text.slice('list:'.length))
  if (list === undefined) complain('should name a list that "lists" has')
  return list && { kind: 'list', list }
}

function compileWindow({
  days,
  from = '00:00',
  to = '24:00',
}: NonNullable<WrittenConditions['times']>[number]): TimeWindow {
  return { days: new Set(days ?? WEEKDAYS), fromMinute: minuteOf(from), toMinute: minuteOf(to) }
}

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

function compileAct({ forward, transfer, reply, alert, supervise }: WrittenAct): Act | undefined {
  if (forward !== undefined) return withDestination('forward', forward)
  if (transfer !== undefined) return withDestination('transfer', transfer)
  if (reply !== undefined) return { kind: 'reply', text: reply }
  if (alert !== undefined) return { kind: 'alert', to: alert.to ?? alert.extensionId ?? 'watchers', text: alert.text }
  if (supervise !== undefined)
    return { kind: 'supervise', deviceId: supervise.deviceId, channels: supervise.channels ?? 1 }
  return undefined
}

function withDestination(kind: 'forward' | 'transfer', written: NonNullable<WrittenAct['forward']>): Act | undefined {
  const to = compileDestination(written)
  return to && { kind, to }
}

function compileDestination(written: NonNullable<WrittenAct['forward']>): Destination | undefined {
  const { extensionId, extensionNumber, phoneNumber, voicemail } = written
  if (extensionId !== undefined) return { extensionId }
  if (extensionNumber !== undefined) return { extensionNumber }
  if (phoneNumber !== undefined) return { phoneNumber }
  if (voicemail !== undefined) return { voicemail }
  return undefined
}
