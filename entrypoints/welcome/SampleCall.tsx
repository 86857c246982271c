import { i18n } from '#i18n'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import { SampleRecord } from './SampleRecord.tsx'
import type { SampleModel } from './sample-model.ts'

/** What one gets, to be seen with one click: a made-up call, and the customer's record beside which its card comes up. */
export function SampleCall({ model }: { readonly model: SampleModel }) {
  return (
    <div class="sample">
      <div class="pitch">
        <h1>{i18n.t('welcome.title')}</h1>
        <p class="lead">{i18n.t('welcome.lead')}</p>
        <button type="button" class={model.wasSeen.value ? '' : 'primary'} onClick={() => void model.play()}>
          {i18n.t('welcome.playSample')}
        </button>
        <p class="quiet">{i18n.t('welcome.sampleLead')}</p>
        <FeedbackLine feedback={model.feedback.value} />
      </div>
      <SampleRecord number={model.number.value} />
    </div>
  )
}
