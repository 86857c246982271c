import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { Ask } from '../ui/setup/Ask.tsx'

export interface WipeProps {
  readonly label: string
  /** Whose calls they are. */
  readonly name: string
  readonly isDisabled?: boolean
  readonly onWipe: () => void
}

/** A button that deletes what is kept of somebody, once it was asked back. */
export function Wipe({ label, name, isDisabled = false, onWipe }: WipeProps) {
  const [isAsking, setAsking] = useState(false)
  if (!isAsking) {
    return (
      <button type="button" class="danger" disabled={isDisabled} onClick={() => setAsking(true)}>
        {label}
      </button>
    )
  }
  return (
    <Ask
      question={i18n.t('privacy.wipeAsk', [name])}
      yes={i18n.t('privacy.wipeYes')}
      no={i18n.t('privacy.wipeNo')}
      isDangerous
      onAnswer={(isYes) => {
        setAsking(false)
        if (isYes) onWipe()
      }}
    />
  )
}
