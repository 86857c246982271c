import type { ComponentChildren } from 'preact'

interface ScrollProps {
  /** What is in it. */
  readonly label: string
  readonly children: ComponentChildren
}

/** A table that scrolls by itself, by keys too, so that the page never scrolls sideways. */
export function Scroll({ label, children }: ScrollProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
