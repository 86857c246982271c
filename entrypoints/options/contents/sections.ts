/**
 * The sections of the settings in the order in which they stand, by group: what somebody at the phone changes first, then what is
 * set up once by whoever administers Ringside.
 */
export const GROUPS = [
  { id: 'you', sections: ['user', 'shortcuts'] },
  { id: 'calls', sections: ['card', 'calling', 'notices', 'sound', 'alerts'] },
  { id: 'customers', sections: ['sites', 'contacts', 'crm', 'country'] },
  { id: 'data', sections: ['privacy', 'delete'] },
  { id: 'company', sections: ['relay', 'diagnostics'] },
  { id: 'ringside', sections: ['help', 'about'] },
] as const

/** The id of a section, which is also where an address with `#…` leads to. */
export type SectionId = (typeof GROUPS)[number]['sections'][number]

/** The heading of each section, which its line among the contents repeats. */
export const TITLES = {
  user: 'settings.user',
  shortcuts: 'shortcuts.title',
  card: 'cardSettings.title',
  calling: 'dialling.title',
  notices: 'settings.notices',
  sound: 'ringSound.title',
  alerts: 'alerts.title',
  sites: 'settings.sites',
  contacts: 'contacts.title',
  crm: 'crm.settings.title',
  country: 'country.title',
  privacy: 'privacy.title',
  delete: 'privacy.deleteTitle',
  relay: 'settings.relay',
  diagnostics: 'diagnostics.title',
  help: 'help.title',
  about: 'about.title',
} as const satisfies Readonly<Record<SectionId, string>>
