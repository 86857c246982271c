import { useLayoutEffect, useRef } from 'preact/hooks'
import { listenToField } from './guarded-keys.ts'

/** Listens for keys inside the element with the ref. A key with its default prevented does not bubble further. */
export function useKeys<E extends Element>(onKeyDown: (event: KeyboardEvent) => void) {
  const element = useRef<E>(null)
  const latest = useRef(onKeyDown)
  latest.current = onKeyDown
  useLayoutEffect(() => {
    if (element.current === null) return
    return listenToField(element.current, { onKeyDown: (event) => latest.current(event) })
  }, [])
  return element
}
