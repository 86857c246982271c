import { startProgram } from '../program.ts'
import type { Memory } from './memory.ts'
import type { FollowerAnswer, FollowerRequest, ThroughputRun } from './serve-follower.ts'
import type { Throughput } from './throughput.ts'
import type { Verdict } from './verdict.ts'

/** A follower in a process of its own: its garbage, its compiled code and its clock are nobody else's. */
export interface FollowerProcess {
  measure(run: ThroughputRun): Promise<Throughput>
  judge(seed: number, calls: number): Promise<Verdict>
  weigh(calls: number): Promise<Memory>
  close(): Promise<void>
}

export async function startFollower(name: 'ours' | 'floor' | 'peer'): Promise<FollowerProcess> {
  const program = startProgram<FollowerRequest, FollowerAnswer>(new URL(`${name}-program.ts`, import.meta.url))
  await program.ready

  async function ask<Kind extends FollowerRequest['kind']>(request: FollowerRequest & { readonly kind: Kind }) {
    const answer = await program.ask(request)
    if (!isOfKind(answer, request.kind))
      throw new Error(`${name} was asked for a ${request.kind}, but answered a ${answer.kind}.`)
    return answer
  }

  return {
    measure: async (run) => (await ask({ kind: 'throughput', run })).throughput,
    judge: async (seed, calls) => (await ask({ kind: 'judge', seed, calls })).verdict,
    weigh: async (calls) => (await ask({ kind: 'memory', calls })).memory,
    close: () => program.close(),
  }
}

function isOfKind<Kind extends FollowerAnswer['kind']>(
  answer: FollowerAnswer,
  kind: Kind,
): answer is FollowerAnswer & { readonly kind: Kind } {
  return answer.kind === kind
}
