import { useEffect, useRef } from 'preact/hooks'
import { listenToField } from './guarded-keys.ts'

/** Hears the keys that are pressed inside the element which gets the ref. Default prevented, nobody around it hears them. */
export function useKeys<E extends Element>(onKeyDown: (event: KeyboardEvent) => void) {
  const element = useRef<E>(null)
  const latest = useRef(onKeyDown)
  latest.current = onKeyDown
  useEffect(() => {
    if (element.current === null) return
    return listenToField(element.current, { onKeyDown: (event) => latest.current(event) })
  }, [])
  return element
}
