/**
 * Positions by the hash of a uuid: eight bytes for each place of a table, since a log keeps a million of them. Two uuids may
 * share a hash, so what is found has to be looked at.
 */
export interface UuidTable {
  add(hash: number, position: number): void
  /** Positions of events whose uuid may be the one; of those that are kept. */
  find(hash: number): readonly number[]
}

/** 32 bits of a uuid; 0 stands for none and is never returned. */
export function hashUuid(uuid: string): number {
  // FNV-1a, and its bits mixed once more because their first ones choose the part of the table.
  let hash = 0x811c9dc5
  for (let index = 0; index < uuid.length; index++) {
    hash = Math.imul(hash ^ uuid.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0 || 1
}

/** So many parts that rebuilding one takes no noticeable time. */
const PART_BITS = 6
const FIRST_PLACES = 64

/**
 * A table in parts by the first bits of the hash; each has places that are looked at in turn from the one that the last bits say.
 * Of a position its last 32 bits are kept: a log never has as many events as these can count.
 */
export function createUuidTable(oldestPosition: () => number): UuidTable {
  const parts = Array.from({ length: 1 << PART_BITS }, () => createPart(FIRST_PLACES))
  let headPosition = 0

  function partOf(hash: number): Part {
    return parts[hash >>> (32 - PART_BITS)] as Part
  }

  /** The position whose last bits these are, if it is one that is kept. */
  function positionOf(bits: number): number | undefined {
    const oldest = oldestPosition()
    const position = oldest + ((bits - (oldest % BITS)) >>> 0)
    return position <= headPosition ? position : undefined
  }

  /** The part with the entries that are kept, and room for more. */
  function renew(part: Part): Part {
    let kept = 0
    part.forEach((bits) => {
      if (positionOf(bits) !== undefined) kept += 1
    })
    let places = FIRST_PLACES
    while (places < kept * 2) places *= 2
    const renewed = createPart(places)
    part.forEach((bits, hash) => {
      if (positionOf(bits) !== undefined) renewed.add(hash, bits)
    })
    return renewed
  }

  return {
    add(hash, position) {
      let part = partOf(hash)
      if (part.isFull()) {
        part = renew(part)
        parts[hash >>> (32 - PART_BITS)] = part
      }
      part.add(hash, position % BITS)
      headPosition = Math.max(headPosition, position)
    },
    find: (hash) =>
      partOf(hash)
        .find(hash)
        .flatMap((bits) => positionOf(bits) ?? []),
  }
}

const BITS = 2 ** 32

interface Part {
  isFull(): boolean
  add(hash: number, bits: number): void
  find(hash: number): readonly number[]
  forEach(visit: (bits: number, hash: number) => void): void
}

/** `places` is a power of two. */
function createPart(places: number): Part {
  const hashes = new Uint32Array(places)
  const positions = new Uint32Array(places)
  const last = places - 1
  let count = 0
  return {
    // Beyond three quarters the ways get long.
    isFull: () => count * 4 >= places * 3,
    add(hash, bits) {
      let at = hash & last
      while (hashes[at] !== 0) at = (at + 1) & last
      hashes[at] = hash
      positions[at] = bits
      count += 1
    },
    find(hash) {
      let found: number[] | undefined
      for (let at = hash & last; hashes[at] !== 0; at = (at + 1) & last) {
        if (hashes[at] !== hash) continue
        found ??= []
        found.push(positions[at] as number)
      }
      return found ?? NONE
    },
    forEach(visit) {
      for (let at = 0; at < places; at++) {
        const hash = hashes[at] as number
        if (hash !== 0) visit(positions[at] as number, hash)
      }
    },
  }
}

const NONE: readonly number[] = []
