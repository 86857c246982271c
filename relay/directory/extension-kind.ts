import { type ExtensionKind, selectKindOfType } from '../../shared/protocol/extension-kind.ts'
import type { Directory } from './directory.ts'

/** What an extension is; `undefined` for one that the directory does not have. */
export function selectExtensionKind(
  { people, queues }: Pick<Directory, 'people' | 'queues'>,
  extensionId: string,
): ExtensionKind | undefined {
  return queues.has(extensionId) ? 'queue' : selectKindOfType(people.get(extensionId)?.type)
}
