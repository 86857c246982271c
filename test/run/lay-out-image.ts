import { execFileSync, spawnSync } from 'node:child_process'
import { cp, mkdir, symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isLetIn, type Stage } from './dockerfile.ts'

/**
 * Takes the steps of an image one by one, each stage in an empty folder of its own in place of its root; for machines without a
 * container engine. What a base image brings is that of this machine. In place of `npm ci` come the packages that the tests
 * themselves were given by it, from the same lock file.
 */
export async function layOutImage(
  stages: readonly Stage[],
  options: { readonly project: string; readonly ignore: string; readonly folder: string },
): Promise<ReadonlyMap<string, string>> {
  const { project, ignore, folder } = options
  const roots = new Map<string, string>()
  for (const [index, stage] of stages.entries()) {
    const root = join(folder, `stage-${index}`)
    roots.set(stage.name, root)
    await mkdir(root)
    await layOutStage(stage, root)
  }
  return roots

  async function layOutStage(stage: Stage, root: string): Promise<void> {
    let at = root
    for (const { word, rest } of stage.steps) {
      if (word === 'WORKDIR') {
        at = join(root, rest)
        await mkdir(at, { recursive: true })
      } else if (word === 'COPY') await copy(rest, at, root)
      else if (word === 'RUN') await run(rest, at)
    }
  }

  async function copy(rest: string, at: string, root: string): Promise<void> {
    const words = rest.split(' ')
    const from = words.find((one) => one.startsWith('--from='))?.slice('--from='.length)
    const paths = words.filter((one) => !one.startsWith('--'))
    const to = paths.pop() ?? ''
    const target = to.startsWith('/') ? join(root, to) : join(at, to)
    for (const path of paths) {
      const source = from === undefined ? fromProject(path) : join(roots.get(from) ?? '', path)
      await cp(source, to.endsWith('/') ? join(target, basename(path)) : target, { recursive: true })
    }
  }

  function fromProject(path: string): string {
    if (!isLetIn(path, ignore)) throw new Error(`.dockerignore should let ${path} in, which the Dockerfile copies.`)
    return join(project, path)
  }

  async function run(command: string, at: string): Promise<void> {
    if (command.startsWith('npm ci ')) {
      await symlink(join(project, 'node_modules'), join(at, 'node_modules'))
      return
    }
    const { status, stderr, stdout } = spawnSync('sh', ['-c', command], { cwd: at, encoding: 'utf8' })
    if (status !== 0) throw new Error(`The step should succeed: RUN ${command}\n${stdout}${stderr}`)
  }
}

/** Every file of the project that is kept, with those that are new. */
export function listProjectFiles(project: string): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: project })
  return listed.toString().trim().split('\n')
}
