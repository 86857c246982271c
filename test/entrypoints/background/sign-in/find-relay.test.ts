import { describe, expect, it, vi } from 'vitest'
import { findRelay, readInvitation } from '../../../../entrypoints/background/sign-in/find-relay.ts'
import { readRelayAddresses } from '../../../../entrypoints/background/sign-in/relay-address.ts'

describe('what a person types or pastes', () => {
  it.each<[what: string, typed: string, addresses: readonly string[]]>([
    ['an address', 'https://relay.example.com', ['https://relay.example.com']],
    ['an invitation’s link', ' https://relay.example.com/join?from=mail#top ', ['https://relay.example.com']],
    ['a bare host', 'relay.example.com', ['https://relay.example.com']],
    ['a bare host with a path', 'relay.example.com:8443/join', ['https://relay.example.com:8443']],
    ['this computer', '127.0.0.1:8787', ['https://127.0.0.1:8787', 'http://127.0.0.1:8787']],
    ['this computer, by its scheme', 'http://localhost:8787/join', ['http://localhost:8787']],
    ['plain http elsewhere', 'http://relay.example.com', []],
    ['a password', 'https://me:secret@relay.example.com', []],
    ['a sentence', 'ask the administrator', []],
    ['another scheme', 'ftp://relay.example.com', []],
  ])('%s stands for the addresses to try', (_, typed, addresses) => {
    expect(readRelayAddresses(typed)).toEqual(addresses)
  })
})

/** A network in which these addresses answer, and no other. */
function network(answers: Readonly<Record<string, unknown>>) {
  return {
    fetch: vi.fn(async (input: URL | RequestInfo) => {
      const url = String(input)
      if (!(url in answers)) throw new TypeError('Failed to fetch')
      const answer = answers[url]
      return answer === undefined ? new Response('Not Found', { status: 404 }) : Response.json(answer)
    }),
  }
}

const ALIVE = { status: 'alive' }

describe('finding the relay', () => {
  it('tries a bare host of this computer with https, then without', async () => {
    const here = network({ 'http://127.0.0.1:8787/healthz': ALIVE })
    expect(await findRelay('127.0.0.1:8787', here)).toEqual({ relayUrl: 'http://127.0.0.1:8787' })
    expect(here.fetch.mock.calls.map(([url]) => String(url))).toEqual([
      'https://127.0.0.1:8787/healthz',
      'http://127.0.0.1:8787/healthz',
    ])
  })

  it.each([
    ['relay.example.com', {}, 'noAnswerToHost'],
    ['https://relay.example.com', {}, 'unreachable'],
    ['crm.example.com', { 'https://crm.example.com/healthz': undefined }, 'notARelay'],
    ['http://relay.example.com', {}, 'malformed'],
  ])('says of %s what is wrong', async (typed, answers, problem) => {
    expect(await findRelay(typed, network(answers))).toEqual({ problem })
  })
})

describe('the invitation', () => {
  const relayUrl = 'https://relay.example.com'
  const nothing = { relayUrl, company: '', sites: [] }

  it('says whose relay it is and where its people work', async () => {
    const told = { company: 'Northwind', sites: ['https://crm.example.com'] }
    const here = network({ [`${relayUrl}/v1/invitation`]: told })
    expect(await readInvitation(relayUrl, here)).toEqual({ relayUrl, ...told })
  })

  it.each([
    ['an older relay', { [`${relayUrl}/v1/invitation`]: undefined }],
    ['no answer', {}],
    ['an answer of another form', { [`${relayUrl}/v1/invitation`]: { company: 7 } }],
  ])('says nothing: %s', async (_, answers) => {
    expect(await readInvitation(relayUrl, network(answers))).toEqual(nothing)
  })
})
