/** Pictures of the extension's own pages. Size and colour are those of the text around them; words go with them. */

export function IncomingIcon() {
  return <Glyph path="M12.5 3.5l-8 8M4.5 5.5v6h6" />
}

export function OutgoingIcon() {
  return <Glyph path="M3.5 12.5l8-8M5.5 4.5h6v6" />
}

export function CallIcon() {
  return (
    <Glyph path="M3.2 2.6l2-.6 1.6 3.2-1.3 1.2a8 8 0 0 0 4.1 4.1l1.2-1.3L14 10.8l-.6 2a1.6 1.6 0 0 1-1.8 1.1A11.5 11.5 0 0 1 2.1 4.4a1.6 1.6 0 0 1 1.1-1.8z" />
  )
}

export function ReportsIcon() {
  return <Glyph path="M2.5 13.5h11M4.5 11V8M8 11V3M11.5 11V6" />
}

export function SettingsIcon() {
  return <Glyph path="M2 4.5h6M11 4.5h3M9.5 3v3M2 11.5h3M8 11.5h6M6.5 10v3" />
}

/** An eye, crossed out while something is hidden. */
export function EyeIcon({ isCrossedOut }: { readonly isCrossedOut: boolean }) {
  const eye = 'M1.5 8s2.5-4.5 6.5-4.5S14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z'
  return <Glyph path={isCrossedOut ? `${eye}M3 13.5l10-11` : eye} />
}

export function DoneIcon() {
  return <Glyph path="M3 8.5l3.5 3.5L13 5" />
}

function Glyph({ path }: { readonly path: string }) {
  return (
    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}
