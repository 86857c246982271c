import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EXTENSION_KEY } from '../../shared/extension-key.ts'

export interface FloorScripts {
  readonly worker: string
  /** Runs on the sample CRM at `document_start`, as ours does. */
  readonly content: string
}

/** Writes the shortest extension that does a bare job into a folder. It has our id, so that both are found in the same way. */
export async function writeFloorExtension(folder: string, { worker, content }: FloorScripts): Promise<void> {
  await mkdir(folder, { recursive: true })
  const manifest = {
    manifest_version: 3,
    name: 'Floor',
    version: '0.0.1',
    key: EXTENSION_KEY,
    background: { service_worker: 'worker.js' },
    content_scripts: [{ matches: ['http://localhost/*'], js: ['content.js'], run_at: 'document_start' }],
  }
  await Promise.all([
    writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest)),
    writeFile(join(folder, 'worker.js'), worker),
    writeFile(join(folder, 'content.js'), content),
  ])
}
