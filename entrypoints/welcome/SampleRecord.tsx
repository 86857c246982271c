import { i18n } from '#i18n'

/** A customer's record, as a CRM would show it, of who makes the sample call. `number`: formatted for reading. */
export function SampleRecord({ number }: { readonly number: string }) {
  const rows = [
    [i18n.t('sample.phoneLabel'), number],
    [i18n.t('sample.companyLabel'), i18n.t('sample.company')],
    [i18n.t('sample.orderLabel'), i18n.t('sample.order')],
  ]
  return (
    <figure class="record" id="record">
      <div class="window">
        <p class="bar" aria-hidden="true">
          <span />
          <span />
          <span />
          {i18n.t('sample.crm')}
        </p>
        <div class="sheet">
          <p class="customer">{i18n.t('sample.caller')}</p>
          <dl>
            {rows.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
      <figcaption class="quiet">{i18n.t('sample.caption')}</figcaption>
    </figure>
  )
}
