import { AGENT_EXTENSION_ID } from '../../support/streams.ts'
import { ACCOUNT, COLLEAGUES, type Person, personByExtensionId } from '../people.ts'

/**
 * Decides who plays the part of Bea: a way to write any text of a scenario, its title among them, for that person. `undefined`
 * leaves it to her. Throws a RangeError for somebody who does not work there.
 */
export function castAs(extensionId: string = AGENT_EXTENSION_ID): (text: string) => string {
  const player = COLLEAGUES.find((person) => person.extensionId === extensionId)
  if (player === undefined) {
    throw new RangeError(`Whoever plays Bea's part should be the extension id of somebody at ${ACCOUNT.name}.`)
  }
  return createRecast(personByExtensionId(AGENT_EXTENSION_ID), player)
}

/**
 * Gives one person's part in a call to somebody else, who gives theirs in return: a way to write any text anew in which the
 * two have changed places (ids of extensions and devices, numbers long and short, names). In a title their first names stand
 * for them.
 */
export function createRecast(part: Person, player: Person): (text: string) => string {
  if (part === player) return (text) => text
  const others = new Map<string, string>()
  const swap = (one: string, other: string) => others.set(one, other).set(other, one)
  for (const trait of TRAITS) swap(part[trait], player[trait])
  swap(firstNameOf(part.name), firstNameOf(player.name))
  // A short number is a number only where it stands alone.
  const shortNumbers = new Map([
    [part.extensionNumber, player.extensionNumber],
    [player.extensionNumber, part.extensionNumber],
  ])
  const anyTrait = new RegExp(`(?<![\\w+])(${[...others.keys()].map(escapePattern).join('|')})(?!\\w)`, 'g')
  return (text) => shortNumbers.get(text) ?? text.replaceAll(anyTrait, (trait) => others.get(trait) ?? trait)
}

/** What stands in events for a person. The whole name comes before its first part, which it contains. */
const TRAITS = ['extensionId', 'deviceId', 'phoneNumber', 'name'] as const

function firstNameOf(name: string): string {
  return name.replace(/ .*/, '')
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
