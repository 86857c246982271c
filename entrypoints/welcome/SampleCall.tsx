import { i18n } from '#i18n'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import type { SampleModel } from './sample-model.ts'

/** Rings a made-up call, here and on the CRM pages that are open. */
export function SampleCall({ model }: { readonly model: SampleModel }) {
  return (
    <section>
      <p class="quiet">{i18n.t('welcome.sampleLead')}</p>
      <button type="button" class={model.wasSeen.value ? '' : 'primary'} onClick={() => void model.play()}>
        {i18n.t('welcome.playSample')}
      </button>
      <FeedbackLine feedback={model.feedback.value} />
    </section>
  )
}
