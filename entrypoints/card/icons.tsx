/** Drawn here, because nothing of the extension may be fetched by a page. Sizes and colours are the button's. */
export function CloseIcon() {
  return <Icon path="M4 4l8 8M12 4l-8 8" />
}

export function FoldIcon() {
  return <Icon path="M4 12h8" />
}

export function OpenIcon() {
  return <Icon path="M4 10l4-4 4 4" />
}

function Icon({ path }: { readonly path: string }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}
