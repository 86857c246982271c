import type { ComponentChildren } from 'preact'
import type { Door, Doors } from './doors.ts'

export interface DoorButtonProps {
  readonly doors: Doors
  /** Absent: nothing is behind it. */
  readonly to: Door | undefined
  /** What it is, where what it says is not enough by itself. */
  readonly label?: string | undefined
  readonly title?: string | undefined
  /** How it looks: as a figure, or as a name. */
  readonly looks?: 'door' | 'link'
  readonly children: ComponentChildren
}

/** A figure, or a name, that opens its calls; plain where there are none behind it. */
export function DoorButton({ doors, to, label, title, looks = 'door', children }: DoorButtonProps) {
  if (to === undefined) return <>{children}</>
  return (
    <button type="button" class={looks} aria-label={label} title={title} onClick={() => doors.open(to)}>
      {children}
    </button>
  )
}
