/** Something whose answers are waited for by who counts them. */
export interface Counted<Target> {
  readonly target: Target
  /** Whether an answer is still to come. */
  isBusy(): boolean
}

/** The same thing, with a count of what was asked of it and not answered yet. */
export function countCalls<Target extends object>(asked: Target): Counted<Target> {
  let underWay = 0
  const count = (answer: unknown): unknown => {
    if (!(answer instanceof Promise)) return answer
    underWay++
    return answer.finally(() => {
      underWay--
    })
  }
  const target = new Proxy(asked, {
    get(inner, name) {
      const value: unknown = Reflect.get(inner, name, inner)
      return typeof value === 'function' ? (...words: unknown[]) => count(value.apply(inner, words)) : value
    },
  })
  return { target, isBusy: () => underWay > 0 }
}
