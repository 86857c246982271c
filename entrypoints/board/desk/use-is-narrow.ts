import { useEffect, useState } from 'preact/hooks'

/** The same width as in people.css: in the side panel each person takes two lines. */
const NARROW = '(width < 640px)'

export function useIsNarrow(): boolean {
  const [query] = useState(() => matchMedia(NARROW))
  const [isNarrow, setNarrow] = useState(query.matches)
  useEffect(() => {
    const update = () => setNarrow(query.matches)
    query.addEventListener('change', update)
    return () => query.removeEventListener('change', update)
  }, [query])
  return isNarrow
}
