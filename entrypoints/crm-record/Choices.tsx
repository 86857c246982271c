import { i18n } from '#i18n'
import { Segments } from '../ui/Segments.tsx'
import { RANGES } from './address.ts'
import type { RecordsModel } from './records-model.ts'

/** Whose calls, and of which days. */
export function Choices({ model }: { readonly model: RecordsModel }) {
  const { range, isAccount } = model.shown.value
  const others = model.others.value
  return (
    <div class="choices">
      {others !== undefined && (
        <fieldset>
          <legend class="unseen">{i18n.t('crm.whose')}</legend>
          <Segments
            name="whose"
            options={['mine', others]}
            chosen={isAccount ? others : 'mine'}
            labelOf={(one) => i18n.t(`crm.${one}`)}
            onChoose={(one) => model.show({ isAccount: one !== 'mine' })}
          />
        </fieldset>
      )}
      <fieldset>
        <legend class="unseen">{i18n.t('crm.range')}</legend>
        <Segments
          name="range"
          options={RANGES}
          chosen={range}
          labelOf={(one) => i18n.t(`crm.ranges.${one}`)}
          onChoose={(one) => model.show({ range: one })}
        />
      </fieldset>
      <button type="button" aria-disabled={model.isAsking.value} onClick={() => void model.ask()}>
        {i18n.t('crm.reload')}
      </button>
    </div>
  )
}
