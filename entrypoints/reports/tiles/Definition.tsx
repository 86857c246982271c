import { useId, useState } from 'preact/hooks'

interface DefinitionProps {
  readonly term: string
  readonly meaning: string
}

/** A term that shows its meaning while it has the pointer or the focus; Escape hides it. */
export function Definition({ term, meaning }: DefinitionProps) {
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const open = () => setIsOpen(true)
  const close = () => setIsOpen(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer may rest on the meaning too; keys go to the button.
    <span class="definition" onMouseEnter={open} onMouseLeave={close}>
      <button
        type="button"
        class="term"
        aria-describedby={id}
        onFocus={open}
        onBlur={close}
        onKeyDown={({ key }) => key === 'Escape' && close()}
      >
        {term}
      </button>
      <span class="meaning" role="tooltip" id={id} hidden={!isOpen}>
        {meaning}
      </span>
    </span>
  )
}
