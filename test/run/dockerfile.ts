/** A stage of a Dockerfile, and the lines in it in their order. */
export interface Stage {
  readonly name: string
  readonly base: string
  readonly steps: readonly Step[]
}

/** A line like `COPY --from=build a b`: its word, and all that follows. */
export interface Step {
  readonly word: string
  readonly rest: string
}

/** Reads the lines of a Dockerfile. */
export function readStages(text: string): readonly Stage[] {
  const steps = text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line): Step => {
      const [, word = '', rest = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? []
      if (word === '') throw new Error(`A line of the Dockerfile should begin with an instruction: ${line}`)
      return { word, rest }
    })
  const stages: { name: string; base: string; steps: Step[] }[] = []
  for (const step of steps) {
    if (step.word === 'FROM') {
      const [base = '', , name = ''] = step.rest.split(' ')
      stages.push({ name, base, steps: [] })
    } else stages.at(-1)?.steps.push(step)
  }
  return stages
}

/** What the last step of this word says, or `''`. */
export function lastOf(stage: Stage, word: string): string {
  return stage.steps.findLast((step) => step.word === word)?.rest ?? ''
}

/** The settings that a stage's ENV lines make. */
export function environmentOf(stage: Stage): Readonly<Record<string, string>> {
  const pairs = stage.steps.filter(({ word }) => word === 'ENV').flatMap(({ rest }) => rest.split(' '))
  return Object.fromEntries(pairs.map((pair) => [pair.split('=')[0], pair.split('=').slice(1).join('=')]))
}

/** Whether `.dockerignore` lets a path of the project into the image; the last pattern that fits decides. */
export function isLetIn(path: string, ignore: string): boolean {
  const [top] = path.split('/')
  const patterns = ignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const last = patterns.findLast((pattern) => pattern === '*' || pattern.replace('!', '') === top)
  return last?.startsWith('!') ?? true
}
