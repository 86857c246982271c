import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Frees all that nothing refers to, at once. */
export function collectGarbage(): void {
  collect()
}
