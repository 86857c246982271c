import type { ComponentChildren } from 'preact'
import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import { nameSite } from '../lib/settings/sites.ts'
import { language } from '../lib/wording/labels.ts'
import { Relay } from '../ui/setup/Relay.tsx'
import type { RelayModel } from '../ui/setup/relay-model.ts'
import { SignedInUser } from '../ui/setup/SignedInUser.tsx'
import { Sites } from '../ui/setup/Sites.tsx'
import type { SignedInUserModel } from '../ui/setup/signed-in-user-model.ts'
import type { SitesModel } from '../ui/setup/sites-model.ts'
import { SampleCall } from './SampleCall.tsx'
import { Step } from './Step.tsx'
import type { SampleModel } from './sample-model.ts'
import { type StepId, type StepStand, standOfSteps } from './steps.ts'

export interface WelcomeProps {
  readonly relay: RelayModel
  readonly user: SignedInUserModel
  readonly sites: SitesModel
  readonly sample: SampleModel
}

/** From install to the first card: each step says what is true and what to do next. It can be left and come back to. */
export function Welcome({ relay, user, sites, sample }: WelcomeProps) {
  const status = user.status.value
  if (status === undefined) return null
  const facts: Readonly<Record<StepId, string | undefined>> = {
    relay: status.relayUrl === '' ? undefined : i18n.t('welcome.relayDone', [new URL(status.relayUrl).host]),
    user: status.user && i18n.t('welcome.userDone', [status.user.name]),
    sites: sites.sites.value.length === 0 ? undefined : i18n.t('welcome.sitesDone', [listSites(sites)]),
    sample: sample.wasSeen.value ? i18n.t('welcome.sampleDone') : undefined,
  }
  const contents: Readonly<Record<StepId, ComponentChildren>> = {
    relay: <Relay model={relay} />,
    user: <SignedInUser model={user} />,
    sites: <Sites model={sites} />,
    sample: <SampleCall model={sample} />,
  }
  const stands = standOfSteps({
    relay: facts.relay !== undefined,
    user: facts.user !== undefined,
    sites: facts.sites !== undefined,
    sample: facts.sample !== undefined,
  })
  return (
    <main>
      <h1>{i18n.t('welcome.title')}</h1>
      <p class="lead">{i18n.t('welcome.lead')}</p>
      <p class="progress" role="status">
        {describeProgress(stands)}
      </p>
      <ol>
        {stands.map((stand, index) => (
          <Step key={stand.id} stand={stand} number={index + 1} fact={facts[stand.id]}>
            {contents[stand.id]}
          </Step>
        ))}
      </ol>
      <p class="quiet">{i18n.t('welcome.toolbar')}</p>
      <p class="quiet">
        {i18n.t('welcome.settings')}{' '}
        <button type="button" class="link" onClick={() => void browser.runtime.openOptionsPage()}>
          {i18n.t('popup.openSettings')}
        </button>
      </p>
    </main>
  )
}

function describeProgress(stands: readonly StepStand[]): string {
  const next = stands.find(({ state }) => state === 'now')
  if (next === undefined) return i18n.t('welcome.allDone')
  const done = stands.filter(({ state }) => state === 'done').length
  return i18n.t('welcome.progress', [String(done), String(stands.length), i18n.t(`welcome.step.${next.id}`)])
}

function listSites({ crms, others }: SitesModel): string {
  const known = crms.value.flatMap(({ crm, isOn }) => (isOn ? crm.name : []))
  return new Intl.ListFormat(language()).format([...known, ...others.value.map(nameSite)])
}
