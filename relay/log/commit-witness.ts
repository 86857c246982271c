import { open, readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'

/**
 * Remembers, in a small file beside the store's, how many commits the store had made. A damaged head page of the store can
 * bring back the state before the last commit, sound in itself; only somebody outside notices that something is missing.
 *
 * The file is not flushed: after a power cut it may tell fewer commits than there were, never more, so it can miss a
 * damage, and never claims one that is not there.
 */
export interface CommitWitness {
  /** Takes down that so many commits are on the disk. */
  note(commits: number): void
  /** Resolves when all that was noted is written. */
  close(): Promise<void>
}

export interface Testimony {
  /** Which files the count is about: a copy that was put back is none of its business. */
  readonly filesId: string
  readonly commits: number
}

/** One file system block takes it, so it is never half written. */
const FILE_BYTES = 128
const CHECKSUM_CHARS = 8
/** A relay under load commits thousands of times a second; what was noted last is enough. */
const WRITE_INTERVAL_MS = 20

export async function openCommitWitness(path: string, filesId: string): Promise<CommitWitness> {
  const file = await open(path, 'a+').then(async (made) => {
    await made.close()
    return open(path, 'r+')
  })
  let commits: number | undefined
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<unknown> = Promise.resolve()

  function write(): void {
    timer = undefined
    if (commits === undefined) return
    const bytes = encode({ filesId, commits })
    commits = undefined
    // A witness that can't write knows less, which is no reason to refuse events.
    writing = writing.then(() => file.write(bytes, 0, FILE_BYTES, 0)).catch(() => undefined)
  }

  return {
    note(count) {
      commits = count
      timer ??= setTimeout(write, WRITE_INTERVAL_MS).unref()
    },
    async close() {
      clearTimeout(timer)
      write()
      await writing
      await file.close()
    },
  }
}

/** What the witness says; `undefined` when there is none. Throws a sentence when its file is damaged. */
export async function readTestimony(path: string): Promise<Testimony | undefined> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0))
  // A power cut may leave the file without content.
  if (bytes.every((byte) => byte === 0)) return undefined
  const text = bytes.toString('latin1')
  const facts = text.slice(0, -CHECKSUM_CHARS)
  if (bytes.length !== FILE_BYTES || text.slice(-CHECKSUM_CHARS) !== checksum(facts)) {
    throw new Error(`the count of commits in ${path} does not match its checksum`)
  }
  const [filesId = '', commits = ''] = facts.trim().split(' ')
  return { filesId, commits: Number(commits) }
}

function encode({ filesId, commits }: Testimony): Buffer {
  const facts = `${filesId} ${commits}`.padEnd(FILE_BYTES - CHECKSUM_CHARS)
  return Buffer.from(facts + checksum(facts), 'latin1')
}

function checksum(facts: string): string {
  return crc32(facts).toString(16).padStart(CHECKSUM_CHARS, '0')
}
