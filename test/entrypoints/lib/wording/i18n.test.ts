import type { createI18n } from '@wxt-dev/i18n'
import { expect, it } from 'vitest'
import type { i18n } from '#i18n'

/** What is said wrongly does not compile: `npm run check` fails when one of these lines would. */

type Say = ReturnType<
  typeof createI18n<{
    title: { substitutions: 0; plural: false }
    'who.caller': { substitutions: 1; plural: false }
    'who.held': { substitutions: 2; plural: false }
    'why.busy': { substitutions: 0; plural: false }
    'why.refused': { substitutions: 1; plural: false }
    'why.moved': { substitutions: 2; plural: false }
    calls: { substitutions: 1; plural: true }
    more: { substitutions: 0; plural: true }
    callsOf: { substitutions: 2; plural: true }
    named: { substitutions: 0; plural: false; namedSubstitutions: ['who'] }
  }>
>['t']

it('says what there is, with what it takes', () => {
  const said = (say: Say, why: 'busy' | 'refused' | 'moved') => [
    say('title'),
    say('who.caller', ['Ada']),
    say('who.held', ['Ada', 2]),
    say('calls', 3),
    say('calls', 1000, ['1,000']),
    say('more', 3),
    say('callsOf', 1000, ['1,000', 'Ada']),
    say(`why.${why}`, ['Ada', 2]),
  ]
  expect(said).toBeTypeOf('function')
})

it('says no key that does not exist', () => {
  const planted = (say: Say, word: string) => {
    // @ts-expect-error there is no such key
    say('titel')
    // @ts-expect-error with values neither
    say('who.nobody', ['Ada'])
    // @ts-expect-error with a count neither
    say('call', 3)
    // @ts-expect-error any text is no key
    say(word)
    // @ts-expect-error nor is what may not be one
    say(word === '' ? 'title' : 'titel')
  }
  expect(planted).toBeTypeOf('function')
})

it('takes as many values as the message does', () => {
  const planted = (say: Say, why: 'busy' | 'refused' | 'moved') => {
    // @ts-expect-error none is missing
    say('who.caller')
    // @ts-expect-error one of two
    say('who.held', ['Ada'])
    // @ts-expect-error one too many
    say('who.held', ['Ada', 2, 3])
    // @ts-expect-error one where none is taken
    say('title', ['Ada'])
    // @ts-expect-error nor is a list of none given
    say('title', [])
    // @ts-expect-error one is not enough to say how many, and of whom
    say('callsOf', 3, ['3'])
    // @ts-expect-error a value is a text or a number
    say('who.caller', [undefined])
    // @ts-expect-error some of these take values
    say(`why.${why}`)
    // @ts-expect-error one of these takes two
    say(`why.${why}`, ['Ada'])
    // @ts-expect-error nor is one of a count left out
    say('callsOf', 3)
    // @ts-expect-error by name it is not given one
    say('named')
  }
  expect(planted).toBeTypeOf('function')
})

it('takes a count where the message depends on one, and nowhere else', () => {
  const planted = (say: Say) => {
    // @ts-expect-error how many?
    say('calls')
    // @ts-expect-error the value does not say
    say('calls', ['3'])
    // @ts-expect-error nor does it here
    say('more')
    // @ts-expect-error one title
    say('title', 3)
    // @ts-expect-error a count among others
    say('calls', '3')
  }
  expect(planted).toBeTypeOf('function')
})

it('knows the messages that there are', () => {
  const planted = (say: (typeof i18n)['t']) => {
    say('extension.name')
    // @ts-expect-error in locales/ there is none like it
    say('extension.nmae')
  }
  expect(planted).toBeTypeOf('function')
})
