/** What an extension is: somebody's, a queue, or a machine such as a menu. */
export type ExtensionKind = 'person' | 'queue' | 'machine'

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

/** What an extension is by RingCentral's word for it; `undefined` for one of which no word is known. */
export function selectKindOfType(type: string | undefined): ExtensionKind | undefined {
  if (type === undefined) return undefined
  if (type === QUEUE_TYPE) return 'queue'
  return MACHINE_TYPES.has(type) ? 'machine' : 'person'
}
