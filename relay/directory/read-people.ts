import * as v from 'valibot'
import type { DirectoryPerson } from '../../shared/protocol/http/directory.ts'
import { toPlainLine } from '../../shared/protocol/plain-line.ts'
import type { ServiceClient } from '../ringcentral/api.ts'
import { id } from '../ringcentral/id.ts'
import { readPages } from './read-pages.ts'

const text = v.fallback(v.optional(v.string()), undefined)
const entry = v.object({ id, type: text, name: text, firstName: text, lastName: text, extensionNumber: text })

/**
 * Everybody's extension, by its id: people, queues, menus. Whoever is hidden from the directory is not in it. Throws a
 * `RingCentralError`.
 *
 * Source: RingCentral API reference, List Company Directory Entries.
 */
export async function readPeople(service: ServiceClient): Promise<ReadonlyMap<string, DirectoryPerson>> {
  const entries = await readPages(service, { path: '/directory/entries', record: entry, group: 'Medium' })
  return new Map(entries.map((one) => [one.id, describe(one)]))
}

function describe({ id: extensionId, type = 'User', extensionNumber, ...names }: v.InferOutput<typeof entry>) {
  const { name = [names.firstName, names.lastName].filter(Boolean).join(' ') } = names
  return {
    name: readName(name) ?? `Extension ${extensionNumber ?? extensionId}`,
    type,
    ...(extensionNumber !== undefined && { extensionNumber }),
  }
}

/** Longer than any name that can be read. */
const MAX_NAME_CHARS = 100

/** Somebody typed it, and it stands among other people's names. */
export function readName(raw: string | undefined): string | undefined {
  const line = toPlainLine(raw ?? '')
  return line === '' ? undefined : line.slice(0, MAX_NAME_CHARS).toWellFormed()
}
