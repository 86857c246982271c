import { useEffect, useState } from 'preact/hooks'

/**
 * Accepts a file that is dropped anywhere on the page: next to a small target the browser would open it in place of the
 * page. Returns whether one is being dragged over the page.
 */
export function useFileDrop(onFile: (file: File) => void): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const controller = new AbortController()
    const listen = <E extends 'dragover' | 'dragleave' | 'drop'>(name: E, handle: (event: DragEvent) => void) =>
      addEventListener(name, handle, { signal: controller.signal })
    listen('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    })
    // No related target: the drag left the page.
    listen('dragleave', ({ relatedTarget }) => relatedTarget === null && setOver(false))
    listen('drop', (event) => {
      const file = event.dataTransfer?.files[0]
      if (file === undefined) return
      event.preventDefault()
      setOver(false)
      onFile(file)
    })
    return () => controller.abort()
  }, [onFile])
  return isOver
}
