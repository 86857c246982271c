import { useId } from 'preact/hooks'
import './switch.css'

export interface SwitchProps {
  readonly label: string
  readonly isOn: boolean
  readonly onSwitch: (isOn: boolean) => void
}

/** The one kind of switch for what is on or off, behind its label: a click on either turns it. */
export function Switch({ label, isOn, onSwitch }: SwitchProps) {
  const id = useId()
  return (
    <div class="switched">
      <label id={`${id}-label`} for={id}>
        {label}
      </label>
      <button
        type="button"
        class="switch"
        role="switch"
        id={id}
        aria-checked={isOn}
        aria-labelledby={`${id}-label`}
        onClick={() => onSwitch(!isOn)}
      />
    </div>
  )
}
