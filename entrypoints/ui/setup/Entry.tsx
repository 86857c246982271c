export interface EntryProps {
  readonly label: string
  readonly placeholder: string
  readonly button: string
  readonly value: string
  readonly isBusy: boolean
  /** Whether it is what there is to do now. */
  readonly isPrimary?: boolean
  readonly onInput: (value: string) => void
  readonly onSubmit: () => void
}

/** A labelled field with the button that takes it; Enter does too. While it is taken the button keeps the keys, and does nothing. */
export function Entry({ label, placeholder, button, value, isBusy, isPrimary = false, onInput, onSubmit }: EntryProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) onSubmit()
      }}
    >
      <label>
        {label}
        <input
          value={value}
          placeholder={placeholder}
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class={isPrimary ? 'primary' : ''} aria-disabled={isBusy}>
        {button}
      </button>
    </form>
  )
}
