import { closeSync, openSync, readSync } from 'node:fs'
import { DamagedError } from '../damaged-error.ts'

/**
 * Reads a file of LMDB (data version 2, as its Node library writes it) without that library: each table in order of its keys.
 * A table is a tree of pages of one size; what does not fit into a page lies in pages of its own, one after the other.
 */
export interface LmdbFile {
  /** Keys and values as they are stored; none of a table that is not there. */
  entries(table: string): Generator<LmdbEntry>
  close(): void
}

export interface LmdbEntry {
  readonly key: Buffer
  readonly value: Buffer
}

const MAGIC = 0xbeefc0de
const DATA_VERSION = 2
const META_BYTES = 160
const PAGE_HEAD_BYTES = 24
const NODE_HEAD_BYTES = 8
/** Of a record that describes a table, where the number of its first page is. */
const ROOT_AT = 40
const BRANCH = 0x01
const LEAF = 0x02
const ON_PAGES_OF_ITS_OWN = 0x01
/** A tree deeper than this has a page that leads back to one above. */
const MAX_DEPTH = 32

/** Throws a {@link DamagedError} when it is none, and while it is read. */
export function openLmdbFile(path: string): LmdbFile {
  const file = openSync(path, 'r')

  function read(offset: number, bytes: number): Buffer {
    const buffer = Buffer.alloc(bytes)
    if (readSync(file, buffer, 0, bytes, offset) < bytes)
      throw new DamagedError(`${path} ends before byte ${offset + bytes}`)
    return buffer
  }

  const { pageBytes, root } = readMeta(read)

  function* walk(pageNumber: number, depth = 0): Generator<LmdbEntry & { readonly isTable: boolean }> {
    if (depth > MAX_DEPTH) throw new DamagedError(`${path} has a tree without an end`)
    const page = read(pageNumber * pageBytes, pageBytes)
    const flags = page.readUInt16LE(18)
    const nodes = page.readUInt16LE(20) >>> 1
    if ((flags & (BRANCH | LEAF)) === 0) {
      throw new DamagedError(`${path} has no page of a tree at byte ${pageNumber * pageBytes}`)
    }
    for (let index = 0; index < nodes; index++) {
      const at = PAGE_HEAD_BYTES + page.readUInt16LE(PAGE_HEAD_BYTES + index * 2)
      const low = page.readUInt32LE(at)
      const nodeFlags = page.readUInt16LE(at + 4)
      const keyEnd = at + NODE_HEAD_BYTES + page.readUInt16LE(at + 6)
      if ((flags & BRANCH) !== 0) yield* walk(low + nodeFlags * 2 ** 32, depth + 1)
      else {
        const isApart = (nodeFlags & ON_PAGES_OF_ITS_OWN) !== 0
        const value = isApart
          ? read(Number(page.readBigUInt64LE(keyEnd)) * pageBytes + PAGE_HEAD_BYTES, low)
          : page.subarray(keyEnd, keyEnd + low)
        yield { key: page.subarray(at + NODE_HEAD_BYTES, keyEnd), value, isTable: (nodeFlags & 0x02) !== 0 }
      }
    }
  }

  return {
    *entries(table) {
      for (const { key, value, isTable } of walk(root)) {
        if (isTable && key.toString('latin1').replace(/\0$/, '') === table && !isEmptyRoot(value)) {
          yield* walk(Number(value.readBigUInt64LE(ROOT_AT)))
        }
      }
    },
    close: () => closeSync(file),
  }
}

/** A tree without entries has no page. */
function isEmptyRoot(table: Buffer): boolean {
  return table.readBigUInt64LE(ROOT_AT) === 2n ** 64n - 1n
}

/** Of the two head pages, which are written in turn, the one that was written last. */
function readMeta(read: (offset: number, bytes: number) => Buffer): { pageBytes: number; root: number } {
  const first = decodeMeta(read(0, META_BYTES))
  const second = decodeMeta(read(first?.pageBytes ?? 4096, META_BYTES))
  const newest = [first, second].reduce((a, b) => (b !== undefined && (a === undefined || b.commit > a.commit) ? b : a))
  if (newest === undefined) throw new DamagedError('the store has no head page that can be read')
  return newest
}

function decodeMeta(page: Buffer): { pageBytes: number; root: number; commit: bigint } | undefined {
  if (page.readUInt32LE(24) !== MAGIC || page.readUInt16LE(28) !== DATA_VERSION) return undefined
  return {
    pageBytes: page.readUInt32LE(48),
    root: Number(page.readBigUInt64LE(96 + ROOT_AT)),
    commit: page.readBigUInt64LE(152),
  }
}
