/** Fails with a sentence instead of waiting for ever. */
export async function inTime<Value>(work: Promise<Value>, timeoutMs: number, failure: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const error = new Error(failure)
    timer = setTimeout(() => reject(error), timeoutMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
