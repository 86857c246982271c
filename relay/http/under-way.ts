/** How much of one kind of work has begun and is not over. */
export interface UnderWay {
  readonly count: number
  /** Counts the work until it is over, one way or the other; resolves and rejects as it does. */
  track<Result>(work: Promise<Result>): Promise<Result>
}

export function createUnderWay(): UnderWay {
  let count = 0
  return {
    get count() {
      return count
    },
    track(work) {
      count += 1
      return work.finally(() => {
        count -= 1
      })
    },
  }
}
