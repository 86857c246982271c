import { i18n } from '#i18n'
import { RANGES } from './address.ts'
import type { RecordsModel } from './records-model.ts'

/** Whose calls, and of which days. */
export function Choices({ model }: { readonly model: RecordsModel }) {
  const { range, isAccount } = model.shown.value
  const others = model.others.value
  return (
    <div class="choices">
      {others !== undefined && (
        <fieldset class="segments">
          <legend class="unseen">{i18n.t('crm.whose')}</legend>
          {([false, true] as const).map((one) => (
            <label key={String(one)}>
              <input
                type="radio"
                name="whose"
                class="unseen"
                checked={isAccount === one}
                onChange={() => model.show({ isAccount: one })}
              />
              <span>{i18n.t(one ? `crm.${others}` : 'crm.mine')}</span>
            </label>
          ))}
        </fieldset>
      )}
      <fieldset class="segments">
        <legend class="unseen">{i18n.t('crm.range')}</legend>
        {RANGES.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="range"
              class="unseen"
              checked={range === one}
              onChange={() => model.show({ range: one })}
            />
            <span>{i18n.t(`crm.ranges.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <button type="button" aria-disabled={model.isAsking.value} onClick={() => void model.ask()}>
        {i18n.t('crm.reload')}
      </button>
    </div>
  )
}
