import { useEffect, useState } from 'preact/hooks'
import { browser } from 'wxt/browser'
import { i18n } from '#i18n'

const NOTICES = { permissions: ['notifications' as const] }

/** Offers Chrome's notifications while they are not allowed; alerts are on the board all the same. */
export function AllowNotices() {
  const [isAllowed, setAllowed] = useState<boolean>()
  useEffect(() => void browser.permissions.contains(NOTICES).then(setAllowed), [])
  if (isAllowed !== false) return null
  return (
    <p>
      {i18n.t('board.noticesOff')}{' '}
      <button type="button" onClick={async () => setAllowed(await browser.permissions.request(NOTICES))}>
        {i18n.t('board.allowNotices')}
      </button>
    </p>
  )
}
