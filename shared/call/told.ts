import type { Endpoint, Party } from '../protocol/party.ts'
import type { Told } from './state.ts'

/**
 * What all words about a party tell of it beside its state, in their order. Names come several events late and some fields come
 * once only, so what a word leaves out is kept; the direction and the "was once so" flags stay as they were first.
 */
export function tellAll(words: readonly Party[]): Told {
  const last = words.at(-1)
  const from = tellEndpoint(words.map((word) => word.from))
  // What is told for display is about the caller of its time: of one who has been replaced it says nothing.
  const sinceFrom = words.slice(from.sinceIndex)
  return {
    direction: first(words, ({ direction }) => direction),
    accountId: latest(words, ({ accountId }) => accountId),
    extensionId: latest(words, ({ extensionId }) => extensionId),
    from: from.endpoint,
    to: tellEndpoint(words.map(({ to }) => to)).endpoint,
    queueCall: words.some(({ queueCall }) => queueCall),
    queueName: latest(words, ({ queueName }) => queueName),
    callerIdName: latest(sinceFrom, ({ callerIdName }) => callerIdName),
    callerIdNumber: latest(sinceFrom, ({ callerIdNumber }) => callerIdNumber),
    ringOutRole: latest(words, ({ ringOutRole }) => ringOutRole),
    conferenceRole: latest(words, ({ conferenceRole }) => conferenceRole),
    parkedAt: latest(words, ({ parkedAt }) => parkedAt),
    recordings: latest(words, ({ recordings }) => (recordings.length > 0 ? recordings : undefined)) ?? [],
    missedCall: words.some(({ missedCall }) => missedCall),
    muted: last?.muted ?? false,
    wasHeard: words.some(({ muted }) => !muted),
  }
}

const NOBODY: Endpoint = { phoneNumber: undefined, name: undefined, extensionId: undefined, deviceId: undefined }

/**
 * One end of a leg as last told, and the index of the first word that is about it. Another number or another extension is
 * another party, taken whole: a transfer puts a customer in a colleague's place, and nothing of the colleague is theirs.
 */
function tellEndpoint(ends: readonly Endpoint[]): { readonly endpoint: Endpoint; readonly sinceIndex: number } {
  let endpoint = NOBODY
  let sinceIndex = 0
  for (const [index, next] of ends.entries()) {
    if (isOther(endpoint, next)) {
      endpoint = next
      sinceIndex = index
    } else endpoint = improve(endpoint, next)
  }
  return { endpoint, sinceIndex }
}

/** The same extension has several numbers, and a number may be told before its extension: one that agrees is enough. */
function isOther(a: Endpoint, b: Endpoint): boolean {
  const isSame = (name: 'phoneNumber' | 'extensionId') => a[name] !== undefined && a[name] === b[name]
  const isDifferent = (name: 'phoneNumber' | 'extensionId') =>
    a[name] !== undefined && b[name] !== undefined && a[name] !== b[name]
  if (isSame('phoneNumber') || isSame('extensionId')) return false
  return isDifferent('phoneNumber') || isDifferent('extensionId')
}

function improve(known: Endpoint, next: Endpoint): Endpoint {
  return {
    phoneNumber: next.phoneNumber ?? known.phoneNumber,
    name: next.name ?? known.name,
    extensionId: next.extensionId ?? known.extensionId,
    deviceId: next.deviceId ?? known.deviceId,
  }
}

function first<Word, T>(words: readonly Word[], read: (word: Word) => T | undefined): T | undefined {
  for (const word of words) {
    const value = read(word)
    if (value !== undefined) return value
  }
  return undefined
}

function latest<Word, T>(words: readonly Word[], read: (word: Word) => T | undefined): T | undefined {
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index]
    const value = word && read(word)
    if (value !== undefined) return value
  }
  return undefined
}
