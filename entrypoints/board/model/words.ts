import { i18n } from '#i18n'
import type { Counterpart } from '../../../shared/call/view.ts'
import type { LiveCall } from '../../../shared/live/types.ts'
import { language, nameCounterpart } from '../../lib/wording/labels.ts'
import { nameShown, showNumber } from '../../lib/wording/masking.ts'
import type { BoardAccount, ExtensionRow } from '../feed/contract.ts'

/** What extensions and queues are called: by RingCentral's directory, else by their numbers. */
export interface Names {
  person(extensionId: string): string
  /** The short number, where it is known. */
  extensionNumber(extensionId: string): string | undefined
  queue(queueId: string): string
  /** Whichever of the two it is. */
  extension(extensionId: string): string
  /** The queue of a call; one that the platform does not name by its id has a name alone. */
  queueOf(call: Pick<LiveCall, 'queueId' | 'queueName'>): string
  counterpart(counterpart: Counterpart): string
}

export function createNames({ people, queues }: Pick<BoardAccount, 'people' | 'queues'>): Names {
  const person = (id: string) => people[id]?.name || nameByNumber(id, people[id]?.extensionNumber)
  const queue = (id: string) => queues[id]?.name || people[id]?.name || nameByNumber(id, queues[id]?.extensionNumber)
  return {
    person,
    extensionNumber: (id) => people[id]?.extensionNumber,
    queue,
    extension: (id) => (Object.hasOwn(queues, id) ? queue(id) : person(id)),
    queueOf: ({ queueId, queueName }) => (queueId === undefined ? (queueName ?? '') : queue(queueId)),
    counterpart: ({ name, phoneNumber, extensionId }) =>
      extensionId !== undefined && people[extensionId]?.name
        ? person(extensionId)
        : nameCounterpart(nameShown(name, phoneNumber), showNumber(phoneNumber)),
  }
}

function nameByNumber(id: string, extensionNumber: string | undefined): string {
  return extensionNumber === undefined
    ? i18n.t('board.extensionId', [id])
    : i18n.t('person.extension', [extensionNumber])
}

/** With whom somebody is on the phone; `''`: with nobody. */
export function nameWith({ calls }: Pick<ExtensionRow, 'calls'>, names: Names): string {
  const call = calls[0]
  return call === undefined ? '' : names.counterpart(call.counterpart)
}

export function nameRowQueue({ calls }: Pick<ExtensionRow, 'calls'>, names: Names): string {
  const call = calls[0]
  return call === undefined ? '' : names.queueOf(call)
}

/** Compares words of the reader's language, numbers in them as numbers. */
export function createWordCompare(): (a: string, b: string) => number {
  return new Intl.Collator(language(), { numeric: true, sensitivity: 'accent' }).compare
}
