import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** An import as it stands in a file. */
export interface Import {
  /** A file by its path from the root of the project, or a package as it is named. */
  readonly target: string
  readonly isPackage: boolean
  /** It leaves nothing behind in what runs. */
  readonly isType: boolean
}

/** What each file imports, by its path from the root of the project. */
export type ImportGraph = ReadonlyMap<string, readonly Import[]>

const STATEMENT = /^[ \t]*(?:import|export)\b([ \t]+type\b)?(?:[^'"=;(]*?\bfrom)?[ \t]*['"]([^'"]+)['"]/gm
const CALL = /\bimport\(\s*['"]([^'"]+)['"]/g

/** The imports of a file, in order: with and without names, of types, passed on, and when it runs. */
export function listImports(path: string, source: string): readonly Import[] {
  const toImport = (specifier: string, isType: boolean): Import => {
    const isPackage = !specifier.startsWith('.')
    return { target: isPackage ? specifier : join(dirname(path), specifier), isPackage, isType }
  }
  return [
    ...[...source.matchAll(STATEMENT)].map(([, type, specifier = '']) => toImport(specifier, type !== undefined)),
    ...[...source.matchAll(CALL)].map(([, specifier = '']) => toImport(specifier, false)),
  ]
}

/** Reads every TypeScript file below these folders of the project. */
export async function readImportGraph(root: string, folders: readonly string[]): Promise<ImportGraph> {
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const entries = await readdir(join(root, folder), { recursive: true })
      return entries.filter((entry) => /\.tsx?$/.test(entry)).map((entry) => join(folder, entry))
    }),
  )
  const files = lists.flat().map(async (path) => {
    return [path, listImports(path, await readFile(join(root, path), 'utf8'))] as const
  })
  return new Map(await Promise.all(files))
}

/**
 * Every file and package that loads when a file does, each with the files on the way to it. What the file itself names counts
 * as a type too: who needs the type of something is close to needing it.
 */
export function findReached(graph: ImportGraph, path: string): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>()
  const visit = (file: string, way: readonly string[]): void => {
    for (const { target, isType } of graph.get(file) ?? []) {
      if (ways.has(target) || (isType && file !== path)) continue
      ways.set(target, way)
      if (!isType) visit(target, [...way, target])
    }
  }
  visit(path, [])
  return ways
}
