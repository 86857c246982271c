import { readdir, readFile } from 'node:fs/promises'

/** Processes below another one that the kernel knows, by what they were started with. Linux alone tells so much of itself. */
export async function findDescendants(pid: number, hasArgument: string): Promise<readonly number[]> {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = /^PPid:\s*(\d+)$/m.exec(await readProcFile(name, 'status'))?.[1]
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const isBelow = (one: number): boolean => {
    const parent = parents.get(one)
    return parent !== undefined && (parent === pid || isBelow(parent))
  }
  const below = [...parents.keys()].filter(isBelow)
  const lines = await Promise.all(below.map((one) => readProcFile(String(one), 'cmdline')))
  return below.filter((_, index) => lines[index]?.split(/[\0 ]/).includes(hasArgument))
}

/** '' for a process that has ended meanwhile. */
function readProcFile(pid: string, file: 'status' | 'cmdline'): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')
}
