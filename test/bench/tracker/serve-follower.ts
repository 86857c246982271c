import { unreachable } from '../../../shared/assert.ts'
import { serveRequests } from '../serve-requests.ts'
import type { Follower } from './follower.ts'
import { judge } from './judge.ts'
import { type Memory, measureMemory } from './memory.ts'
import { recordTape, type Tape } from './tape.ts'
import { measureThroughput, type Throughput } from './throughput.ts'
import { createUntidyStream } from './untidy-stream.ts'
import type { Verdict } from './verdict.ts'

/** What a follower's process is asked. */
export type FollowerRequest =
  | { readonly kind: 'throughput'; readonly run: ThroughputRun }
  | { readonly kind: 'judge'; readonly seed: number; readonly calls: number }
  | { readonly kind: 'memory'; readonly calls: number }

export interface ThroughputRun {
  /** Calls that go on at the same time. */
  readonly liveCalls: number
  /** Events that are tracked before the clock runs. */
  readonly unmeasuredEvents: number
  /** Events that are tracked while it runs. */
  readonly measuredEvents: number
}

export type FollowerAnswer =
  | { readonly kind: 'throughput'; readonly throughput: Throughput }
  | { readonly kind: 'judge'; readonly verdict: Verdict }
  | { readonly kind: 'memory'; readonly memory: Memory }

/**
 * Makes this process one that measures and judges a follower, a fresh one each time it is asked. `createJudged` is for who has
 * something beside it when it is judged that is no part of what is measured.
 */
export function serveFollower(createFollower: () => Follower, createJudged: () => Follower = createFollower): void {
  let tape: Tape | undefined

  function tapeOf({ liveCalls, unmeasuredEvents, measuredEvents }: ThroughputRun): Tape {
    const events = unmeasuredEvents + measuredEvents
    if (tape?.liveCalls !== liveCalls || tape.events !== events) tape = recordTape(liveCalls, events)
    return tape
  }

  function answer(request: FollowerRequest): FollowerAnswer {
    switch (request.kind) {
      case 'throughput': {
        const { run } = request
        return {
          kind: 'throughput',
          throughput: measureThroughput(createFollower(), tapeOf(run), run.unmeasuredEvents),
        }
      }
      case 'judge':
        return { kind: 'judge', verdict: judge(createJudged(), createUntidyStream(request.seed, request.calls)) }
      case 'memory':
        return { kind: 'memory', memory: measureMemory(createFollower, request.calls) }
      default:
        return unreachable(request)
    }
  }

  serveRequests(async (request: FollowerRequest) => answer(request))
}
