import { type FileHandle, open, stat } from 'node:fs/promises'

/** A file's text, or why it can't be read: "should be …". Its `print` changes with the file, and stands for its absence too. */
export type ReadText = { readonly print: string } & ({ readonly text: string } | { readonly refusal: string })

/** Never rejects. A file that changes meanwhile has another print afterwards. */
export async function readText(path: string, maxBytes: number): Promise<ReadText> {
  const print = await printOf(path)
  try {
    // Before it is opened: to open a pipe is to wait for somebody who writes to it.
    const found = await stat(path)
    if (found.isDirectory()) return { print, refusal: 'should be a file, but is a folder' }
    if (!found.isFile()) return { print, refusal: 'should be a file, but is a device or a pipe' }
    if (found.size > maxBytes) {
      return {
        print,
        refusal: `should have at most ${maxBytes / MEGABYTE} MB, but has ${(found.size / MEGABYTE).toFixed(1)} MB`,
      }
    }
    const file = await open(path)
    return { print, text: decodeText(await readAndClose(file)) }
  } catch (error) {
    return { print, refusal: describeFailure(error) }
  }
}

/** What tells a file from the same one after a change, without reading it. */
export async function printOf(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true })
    return [dev, ino, size, mtimeNs, ctimeNs].join('-')
  } catch {
    return 'none'
  }
}

const MEGABYTE = 1_000_000

async function readAndClose(file: FileHandle): Promise<Uint8Array> {
  try {
    return await file.readFile()
  } finally {
    await file.close()
  }
}

/** @throws TypeError for bytes that are no UTF-8. */
function decodeText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}

function describeFailure(error: unknown): string {
  if (error instanceof TypeError) return 'should be a text in UTF-8'
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'should be a file, but there is none'
  if (code === 'EACCES') return 'should be a file that the relay may read'
  return `should be a file that can be read, but the system says ${code}`
}
