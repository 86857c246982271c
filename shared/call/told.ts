import type { Endpoint, Party } from '../protocol/party.ts'
import type { Told } from './state.ts'

/**
 * What all words about a party tell of it beside its state, in their order. Names come several events late and some fields come
 * once only, so what a word leaves out is kept; the direction and the "was once so" flags stay as they were first.
 */
export function tellAll(words: readonly Party[]): Told {
  const last = words.at(-1)
  return {
    direction: first(words, ({ direction }) => direction),
    accountId: latest(words, ({ accountId }) => accountId),
    extensionId: latest(words, ({ extensionId }) => extensionId),
    from: tellEndpoint(words.map(({ from }) => from)),
    to: tellEndpoint(words.map(({ to }) => to)),
    queueCall: words.some(({ queueCall }) => queueCall),
    queueName: latest(words, ({ queueName }) => queueName),
    callerIdName: latest(words, ({ callerIdName }) => callerIdName),
    callerIdNumber: latest(words, ({ callerIdNumber }) => callerIdNumber),
    ringOutRole: latest(words, ({ ringOutRole }) => ringOutRole),
    conferenceRole: latest(words, ({ conferenceRole }) => conferenceRole),
    parkedAt: latest(words, ({ parkedAt }) => parkedAt),
    recordings: latest(words, ({ recordings }) => (recordings.length > 0 ? recordings : undefined)) ?? [],
    missedCall: words.some(({ missedCall }) => missedCall),
    muted: last?.muted ?? false,
    wasHeard: words.some(({ muted }) => !muted),
  }
}

function tellEndpoint(ends: readonly Endpoint[]): Endpoint {
  return {
    phoneNumber: latest(ends, ({ phoneNumber }) => phoneNumber),
    name: latest(ends, ({ name }) => name),
    extensionId: latest(ends, ({ extensionId }) => extensionId),
    deviceId: latest(ends, ({ deviceId }) => deviceId),
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
