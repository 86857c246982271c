import { execFile } from 'node:child_process'
import { cp, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What the compiler and the linter say of each of these expressions in `shared/`, in the same order. */
export async function judgeInShared(root: string, expressions: readonly string[]): Promise<readonly string[]> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'ringside-shared-')))
  try {
    for (const name of ['shared', 'tsconfig.json', 'biome.json']) {
      await cp(join(root, name), join(folder, name), { recursive: true })
    }
    // The packages that shared/ uses might bring globals with their types.
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
    const names = expressions.map((_, index) => `planted-${index}.ts`)
    for (const [index, expression] of expressions.entries()) {
      await writeFile(join(folder, 'shared', names[index] ?? ''), `export const value = ${expression}\n`)
    }
    const said = await Promise.all([
      run(folder, 'tsc', ['-p', 'shared', '--pretty', 'false']),
      run(folder, 'biome', ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', 'shared']),
    ])
    const lines = said.flatMap((text) => text.split('\n'))
    return names.map((name) => lines.filter((line) => line.includes(name)).join('\n'))
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function run(folder: string, tool: string, args: readonly string[]): Promise<string> {
  const command = join(folder, 'node_modules/.bin', tool)
  return promisify(execFile)(command, args, { cwd: folder, maxBuffer: 16 * 1024 * 1024 }).then(
    ({ stdout }) => stdout,
    (error: { readonly stdout?: string }) => String(error.stdout),
  )
}
