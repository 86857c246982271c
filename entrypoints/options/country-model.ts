import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import { listCountries } from '../../shared/number/countries.ts'
import { interrupted, listenToAnnouncements, type Status, sendMessage } from '../lib/contract/messages.ts'
import { countrySetting } from '../lib/settings/settings.ts'
import { countContactsReadElsewhere } from '../lib/store/contacts.ts'
import { openReadableStore } from '../lib/store/open.ts'
import { language, nameRegion } from '../lib/wording/labels.ts'
import { country } from '../lib/wording/shown-country.ts'
import type { Feedback } from '../ui/setup/feedback.ts'
import { nameStoringProblem } from './name-storing-problem.ts'

/** The country in which the person writes numbers, and the contacts that were read in another. */
export interface CountryModel {
  /** As chosen, ISO 3166; `''`: RingCentral's for the person. */
  readonly chosen: ReadonlySignal<string>
  /** The country in use now. */
  readonly country: ReadonlySignal<string>
  /** RingCentral's home country of who is signed in; `undefined` while it is not known. */
  readonly home: ReadonlySignal<string | undefined>
  /** Every country there is to choose, by its name. */
  readonly countries: readonly { readonly code: string; readonly name: string }[]
  /** Contacts whose numbers would be different in the current country. */
  readonly elsewhere: ReadonlySignal<number>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  choose(code: string): Promise<void>
  /** Reads those contacts again in the current country. */
  readAgain(): Promise<void>
}

export function createCountryModel(status: ReadonlySignal<Status | undefined>): CountryModel {
  const chosen = signal('')
  const elsewhere = signal(0)
  const feedback = signal<Feedback>()
  const owner = computed(() => {
    const user = status.value?.user
    return user && `${user.accountId}:${user.extensionId}`
  })
  countrySetting.watch((next) => {
    chosen.value = next
  })
  void countrySetting.getValue().then((now) => {
    chosen.value = now
  })

  async function count(): Promise<void> {
    const user = status.peek()?.user
    const code = country.peek()
    const store = user && (await openReadableStore(user).catch(() => undefined))
    const counted = store === undefined ? 0 : await countContactsReadElsewhere(store, code).catch(() => 0)
    store?.close()
    if (code === country.peek()) elsewhere.value = counted
  }
  effect(() => {
    void [owner.value, country.value]
    void count()
  })
  listenToAnnouncements((announcement) => void (announcement === 'contacts' && count()))

  return {
    chosen,
    country,
    home: computed(() => status.value?.user?.homeCountry),
    countries: nameCountries(),
    elsewhere,
    feedback,
    choose: async (code) => {
      await countrySetting.setValue(code)
      chosen.value = code
      feedback.value = { kind: 'done', text: i18n.t('country.saved') }
    },
    readAgain: async () => {
      const problem = await sendMessage('changeContacts', { kind: 'readAgain' }).catch(interrupted)
      feedback.value = problem
        ? { kind: 'problem', text: nameStoringProblem(problem) }
        : { kind: 'done', text: i18n.t('country.readAgainDone') }
    },
  }
}

function nameCountries() {
  const byName = new Intl.Collator(language())
  return listCountries()
    .map((code) => ({ code, name: nameRegion(code) }))
    .sort((a, b) => byName.compare(a.name, b.name))
}
