import { i18n } from '#i18n'
import { Phones, type PhonesProps } from './Phones.tsx'

/** Asks once which of the person's phones rings first when they call somebody, with its question. */
export function FirstPhone(props: Omit<PhonesProps, 'verb'>) {
  return (
    <div class="first-phone">
      <p>{i18n.t('action.firstPhone')}</p>
      <Phones verb="callBack" {...props} />
    </div>
  )
}
