import { useEffect, useState } from 'preact/hooks'

/** The id of the element that one is reading: the topmost that reaches into the upper part of the window. */
export function useCurrentSection(ids: readonly string[]): string | undefined {
  const [current, setCurrent] = useState<string>()
  const listed = ids.join(' ')
  useEffect(() => {
    const inSight = new Set<string>()
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) inSight.add(target.id)
          else inSight.delete(target.id)
        }
        setCurrent(listed.split(' ').find((id) => inSight.has(id)))
      },
      { rootMargin: '-24px 0px -60%' },
    )
    for (const id of listed.split(' ')) {
      const element = document.getElementById(id)
      if (element !== null) observer.observe(element)
    }
    return () => observer.disconnect()
  }, [listed])
  return current
}
