import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { CardPartProps } from './Card.tsx'
import { describeCall } from './describe-call.ts'
import { CopyIcon, DoneIcon } from './icons.tsx'
import { trusted } from './trusted.ts'

type Copied = 'copied' | 'copyFailed'

/** Copies a summary of the call, for the CRM's own log. */
export function CopyCall({ call, isLost, receivedMs }: CardPartProps) {
  const [result, setResult] = useState<Copied>()

  async function copy(): Promise<void> {
    const sinceMs = isLost ? undefined : performance.now() - receivedMs
    setResult(undefined)
    // The clipboard is missing on pages without TLS, and refused where the page's policy forbids it.
    const isCopied = await writeClipboard(describeCall(call, sinceMs))
    setResult(isCopied ? 'copied' : 'copyFailed')
  }

  /** That it has worked is said while one looks there. */
  function lookAway(): void {
    if (result === 'copied') setResult(undefined)
  }

  const label = i18n.t('note.copy')
  return (
    <>
      <button
        type="button"
        class="icon copy"
        aria-label={label}
        onPointerLeave={lookAway}
        onBlur={lookAway}
        onClick={trusted(() => void copy())}
      >
        {result === 'copied' ? <DoneIcon /> : <CopyIcon />}
        {result === undefined && <span class="word at-end">{label}</span>}
      </button>
      <p class={`copied ${result === 'copyFailed' ? 'problem' : 'quiet'}`} role="status">
        {result && i18n.t(`note.${result}`)}
      </p>
    </>
  )
}

async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
