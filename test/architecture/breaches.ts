import { dirname } from 'node:path'
import { findReached, type ImportGraph } from './import-graph.ts'
import { LAYERS } from './layers.ts'
import { WALLS } from './walls.ts'

/** Every import of these files that the layers do not allow, each in a sentence; none when all is well. */
export function findBreaches(graph: ImportGraph, paths: readonly string[] = [...graph.keys()]): readonly string[] {
  return paths.flatMap((path) => [...findForbiddenImports(graph, path), ...findWeight(graph, path)])
}

/**
 * The row that a file belongs to: its own, or that of the nearest folder that has one. Where rooms lie in a folder each of its
 * folders is one, so that a new one is `undefined` until it has a row.
 */
export function roomOf(path: string): string | undefined {
  if (Object.hasOwn(LAYERS, path)) return path
  let room = dirname(path)
  while (room !== '.' && !Object.hasOwn(LAYERS, room)) room = dirname(room)
  if (room === '.') return undefined
  return room === dirname(path) || !holdsRooms(room) ? room : undefined
}

function holdsRooms(folder: string): boolean {
  return Object.keys(LAYERS).some((room) => room !== folder && isWithin(room, folder))
}

/** Whether an entry of a row names this file, its room, or a folder above it. */
export function isSeen(entry: string, path: string): boolean {
  if (entry.endsWith('/**')) return isWithin(path, entry.slice(0, -'/**'.length))
  return entry === path || entry === roomOf(path)
}

/** Whether a path is this folder or below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

function findForbiddenImports(graph: ImportGraph, path: string): readonly string[] {
  const room = roomOf(path)
  const layer = room === undefined ? undefined : LAYERS[room]
  if (layer === undefined) return [`${path} is in no room: give its folder a row in layers.ts`]
  const { sees, uses = [] } = layer
  return (graph.get(path) ?? []).flatMap(({ target, isPackage }) => {
    if (isPackage) {
      const name = target.startsWith('node:') ? 'node' : target
      if (uses.some((used) => isWithin(name, used))) return []
      return [`${path} imports ${target}, but ${room} uses ${uses.join(', ') || 'no package'}`]
    }
    if (roomOf(target) === room || sees.some((entry) => isSeen(entry, target))) return []
    return [`${path} imports ${target}, but ${room} sees ${sees.join(', ') || 'nobody'}`]
  })
}

function findWeight(graph: ImportGraph, path: string): readonly string[] {
  const walls = WALLS.filter(({ rooms }) => rooms.some((room) => isWithin(path, room)))
  if (walls.length === 0) return []
  const reached = [...findReached(graph, path)]
  return walls.flatMap(({ never, because }) => {
    const breach = reached.find(([target]) => never.some((start) => target.startsWith(start)))
    if (breach === undefined) return []
    const [target, way] = breach
    return [`${[path, ...way].join(' -> ')} loads ${target}, but ${because}`]
  })
}
