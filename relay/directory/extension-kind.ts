import type { ExtensionKind } from '../../shared/rules/ruled-leg.ts'
import type { Directory } from './directory.ts'

/** RingCentral's word for an extension that is a queue. */
export const QUEUE_TYPE = 'Department'

/** Extensions at which nobody sits, by RingCentral's words; whoever is not known may be somebody. */
const MACHINE_TYPES: ReadonlySet<string> = new Set([
  'IvrMenu',
  'Announcement',
  'Voicemail',
  'ParkLocation',
  'PagingOnly',
  'ApplicationExtension',
  'Bot',
])

/** What an extension is; `undefined` for one that the directory does not have. */
export function selectExtensionKind(
  { people, queues }: Pick<Directory, 'people' | 'queues'>,
  extensionId: string,
): ExtensionKind | undefined {
  const type = people.get(extensionId)?.type
  if (type === QUEUE_TYPE || queues.has(extensionId)) return 'queue'
  if (type === undefined) return undefined
  return MACHINE_TYPES.has(type) ? 'machine' : 'person'
}
