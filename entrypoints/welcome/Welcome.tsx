import type { ComponentChildren } from 'preact'
import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import { nameSite } from '../lib/settings/sites.ts'
import { language } from '../lib/wording/labels.ts'
import { Notices } from '../ui/setup/Notices.tsx'
import type { NoticesModel } from '../ui/setup/notices-model.ts'
import { Relay } from '../ui/setup/Relay.tsx'
import { RingSound } from '../ui/setup/RingSound.tsx'
import type { RelayModel } from '../ui/setup/relay-model.ts'
import type { RingSoundModel } from '../ui/setup/ring-sound-model.ts'
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
  readonly notices: NoticesModel
  readonly sound: RingSoundModel
  readonly sample: SampleModel
}

/** What Ringside is, to be seen at once; then the few steps to the first card. It can be left and come back to. */
export function Welcome({ relay, user, sites, notices, sound, sample }: WelcomeProps) {
  const status = user.status.value
  if (status === undefined) return null
  return (
    <main>
      <SampleCall model={sample} />
      <SetUp relay={relay} user={user} sites={sites} />
      <div class="more">
        <Notices model={notices} />
        <RingSound model={sound} />
      </div>
      <p class="quiet">{i18n.t('welcome.toolbar')}</p>
      <p class="quiet">
        {i18n.t('welcome.settings')}{' '}
        <button type="button" class="link" onClick={() => void browser.runtime.openOptionsPage()}>
          {i18n.t('settings.open')}
        </button>
      </p>
    </main>
  )
}

function SetUp({ relay, user, sites }: Pick<WelcomeProps, 'relay' | 'user' | 'sites'>) {
  const facts: Readonly<Record<StepId, string | undefined>> = {
    relay: nameCompany(relay),
    user: user.status.value?.user && i18n.t('welcome.userDone', [user.status.value.user.name]),
    sites: sites.sites.value.length === 0 ? undefined : i18n.t('welcome.sitesDone', [listSites(sites)]),
  }
  const contents: Readonly<Record<StepId, ComponentChildren>> = {
    relay: <Relay model={relay} />,
    user: <SignedInUser model={user} />,
    sites: <Sites model={sites} />,
  }
  const stands = standOfSteps({
    relay: facts.relay !== undefined,
    user: facts.user !== undefined,
    sites: facts.sites !== undefined,
  })
  return (
    <>
      <h2>{i18n.t('welcome.setUp')}</h2>
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
    </>
  )
}

function nameCompany({ relayUrl, company }: RelayModel): string | undefined {
  const url = relayUrl.value ?? ''
  if (url === '') return undefined
  const { host } = new URL(url)
  return company.value === ''
    ? i18n.t('welcome.relayDone', [host])
    : i18n.t('welcome.companyDone', [company.value, host])
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
