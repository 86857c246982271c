import { join } from 'node:path'
import { parseMessagesFile } from '@wxt-dev/i18n/build'
import { beforeAll, describe, expect, it } from 'vitest'

/**
 * One term for one thing, in each language. What is listed here was once said beside it, by another hand or on another day, and is
 * not to come back.
 */

const root = new URL('../..', import.meta.url).pathname

interface Said {
  readonly key: string
  readonly text: string
}

/** The words that stand for nothing here, and the term in their place. */
type Twin = readonly [twin: RegExp, term: string]

const TWINS: Readonly<Record<string, readonly Twin[]>> = {
  en: [
    [/\bwip(e|ed|es|ing)\b/i, 'delete'],
    [/\blog(ged|ging)?[ -]?(in|out|off)\b/i, 'sign in, sign out'],
    [/\bswitch(ed)? (on|off)\b/i, 'on, off'],
    [/\bmailbox\b/i, 'voicemail'],
    [/\brelay address\b/i, 'company address'],
    [/\bput (it |them )?(back|away)\b/i, 'reset, hide, dismiss'],
    [/\b(one|eines?) a line\b/i, 'one per line'],
    [/\bjourney\b(?<!s journey)/i, 'customer’s journey'],
    [/\bkeep \$1 contact/i, 'import'],
    [/\bThis (is|makes) no\b/, 'that isn’t a …'],
    [/\b9 of 10\b/, '90% under'],
    [/\bpreferences?\b|\boptions\b/i, 'settings'],
    [/\bbanner\b|\bpop-?up\b/i, 'card, notification'],
  ],
  de: [
    [/mailbox/i, 'Voicemail'],
    [/auswertung/i, 'Bericht'],
    [/durchwahl/i, 'Nebenstelle'],
    [/jemand(em|en)? ander/i, 'Kollegen'],
    [/privatsphäre/i, 'Datenschutz'],
    [/schlagw[oö]rt/i, 'Tag'],
    [/\b(du|dich|dir|dein\w*)\b/i, 'Sie'],
    [/\b(Administration|Verwaltung)\b/, 'Administrator'],
    [/aufsicht/i, 'Teamleitung'],
    [/erwider/i, 'zurückrufen, ohne Rückruf'],
    [/\bAufnahme|aufgenommen/i, 'Aufzeichnung'],
    [/\bBoard\b/, 'Übersicht'],
    [/\bUnternehmen/, 'Firma'],
    [/ausklingel/i, 'klingeln, ohne dass jemand annimmt'],
    [/aufbewahr/i, 'speichern'],
    [/weiter(ge)?g[ei]b/i, 'übergeben'],
    [/wegleg/i, 'ausblenden'],
    [/\beine?s? je Zeile/i, 'pro Zeile'],
    [/\bAdresse des Relays\b/, 'Adresse der Firma'],
  ],
}

/** What one does with a call, by the keys that speak of it and the stem that each of them has in German. */
const VERBS: readonly (readonly [keys: RegExp, stem: RegExp])[] = [
  [/^(action\.transfer|target\.transfer(To)?|outcome\.transferred|routing\.act\.transfer)$/, /bergeben/],
  [/^(action\.forward|target\.forward(To)?|routing\.act\.forward)$/, /eiterleiten/],
  [/^(action\.hold|phase\.onHold|figure\.hold|board\.state\.holding)$/, /halten/i],
  [/^(action\.decline|outcome\.rejected)$/, /bgelehnt|blehnen/],
]

let said: Readonly<Record<string, readonly Said[]>>

beforeAll(async () => {
  const read = async (language: string): Promise<readonly Said[]> => {
    const messages = await parseMessagesFile(join(root, 'locales', `${language}.yml`))
    return messages.flatMap((message) => {
      const texts = message.type === 'plural' ? Object.values(message.plurals) : [message.message]
      return texts.map((text) => ({ key: message.key.join('.'), text }))
    })
  }
  said = { en: await read('en'), de: await read('de') }
})

const findTwins = (language: string, texts: readonly Said[]) =>
  (TWINS[language] ?? []).flatMap(([twin, term]) =>
    texts.filter(({ text }) => twin.test(text)).map(({ key, text }) => `${key} says “${text}”: the term is ${term}`),
  )

describe.each(['en', 'de'])('one term for one thing in %s', (language) => {
  it('is kept everywhere', () => {
    expect(said[language]?.length).toBeGreaterThan(500)
    expect(findTwins(language, said[language] ?? [])).toEqual([])
  })
})

it.each([
  ['en', 'Wipe everything'],
  ['en', 'Relay address'],
  ['de', 'In der Mailbox'],
  ['de', 'Von jemand anderem angenommen'],
])('a twin would be found: %s, %s', (language, text) => {
  expect(findTwins(language, [{ key: 'planted', text }])).toHaveLength(1)
})

it.each(VERBS)('in German, %s has one verb', (keys, stem) => {
  const speaking = (said.de ?? []).filter(({ key }) => keys.test(key))
  expect(speaking.length).toBeGreaterThan(1)
  expect(speaking.filter(({ text }) => !stem.test(text))).toEqual([])
})

it('in German, whom one calls oneself does not call', () => {
  const calling = said.de?.find(({ key }) => key === 'phase.calling')
  expect(calling?.text).not.toMatch(/ruft an/i)
})
