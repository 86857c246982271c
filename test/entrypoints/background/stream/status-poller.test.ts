import { describe, expect, it } from 'vitest'
import {
  createStatusPoller,
  FIRST_ASK_INTERVAL_MS,
  LOOK_INTERVAL_MS,
  MAX_ASK_INTERVAL_MS,
} from '../../../../entrypoints/background/stream/status-poller.ts'
import { createRelayClient } from '../../../../entrypoints/lib/relay/relay-client.ts'
import type { SessionAnswer } from '../../../../shared/protocol/wire.ts'
import { HOUR_MS } from '../../../../shared/time.ts'
import { eventually } from '../../../support/eventually.ts'
import { createManualClock } from '../../../support/manual-clock.ts'

const ANSWER = { telephonySessionId: 's/1', asOf: '2026-06-01T12:00:00.000Z', found: false }

function begin(respond: (url: string) => Response | Promise<Response> = () => Response.json(ANSWER)) {
  const clock = createManualClock(0)
  let open: readonly string[] = []
  const requests: { readonly url: string; readonly authorization: string | null; readonly atMs: number }[] = []
  const answers: SessionAnswer[] = []
  const unheard: (readonly [id: string, why: string])[] = []
  const askRelay: typeof fetch = async (input, init) => {
    const url = String(input)
    requests.push({ url, authorization: new Headers(init?.headers).get('authorization'), atMs: clock.nowMs() })
    return respond(url)
  }
  const poller = createStatusPoller({
    clock,
    relay: createRelayClient({ relayUrl: 'https://relay.example.com', token: 'token-1' }, { fetch: askRelay }),
    questions: () => open,
    onAnswer: (answer) => answers.push(answer),
    onNoAnswer: (id, why) => unheard.push([id, why]),
  })
  return {
    poller,
    requests,
    answers,
    unheard,
    waits: clock.waits,
    ask: (...ids: readonly string[]) => {
      open = ids
    },
    pass: clock.advance,
  }
}

describe('asking the relay how a call stands', () => {
  it('asks as the person, and hands on the answer', async () => {
    const { poller, ask, requests, answers } = begin()
    ask('s/1')
    poller.start()
    await eventually(() => expect(answers).toEqual([ANSWER]))
    expect(requests).toMatchObject([
      { url: 'https://relay.example.com/v1/sessions/s%2F1', authorization: 'Bearer token-1' },
    ])
  })

  it('notices a question that comes up later', () => {
    const { poller, ask, pass, requests } = begin()
    poller.start()
    pass(5 * LOOK_INTERVAL_MS)
    expect(requests).toEqual([])
    ask('s-1')
    pass(LOOK_INTERVAL_MS)
    expect(requests).toHaveLength(1)
  })

  it('asks less and less often while nothing changes, and anew when the question comes up again', () => {
    const { poller, ask, pass, requests } = begin()
    ask('s-1')
    poller.start()
    pass(HOUR_MS)
    const gaps = requests.slice(1).map(({ atMs }, index) => atMs - (requests[index]?.atMs ?? 0))
    expect(gaps.slice(0, 3)).toEqual([1, 2, 4].map((factor) => factor * FIRST_ASK_INTERVAL_MS))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(MAX_ASK_INTERVAL_MS)
    const before = requests.length
    ask()
    pass(LOOK_INTERVAL_MS)
    ask('s-1')
    pass(LOOK_INTERVAL_MS)
    expect(requests).toHaveLength(before + 1)
  })

  it.each([
    ['a refusal', () => Response.json({ code: 'not_found' }, { status: 404 })],
    ['an answer of another shape', () => Response.json({ state: 'fine' })],
    ['no JSON', () => new Response('<html>')],
    ['no answer', () => Promise.reject(new TypeError('network'))],
  ])('takes %s for no answer, and asks again', async (_, respond) => {
    const { poller, ask, pass, requests, answers, unheard } = begin(respond)
    ask('s-1')
    poller.start()
    await eventually(() => expect(unheard).toEqual([['s-1', 'unanswered']]))
    pass(FIRST_ASK_INTERVAL_MS)
    await eventually(() => expect(requests).toHaveLength(2))
    expect(answers).toEqual([])
  })

  it('hands on that the relay knows nothing of a session', async () => {
    const { poller, ask, unheard, answers } = begin(() => Response.json({ code: 'unknown_session' }, { status: 404 }))
    ask('s-1')
    poller.start()
    await eventually(() => expect(unheard).toEqual([['s-1', 'unknown']]))
    expect(answers).toEqual([])
  })

  it('rests without a stream: asks nothing, and hands on nothing that comes late', async () => {
    const { promise, resolve: settle } = Promise.withResolvers<Response>()
    const { poller, ask, pass, requests, answers, waits } = begin(() => promise)
    ask('s-1')
    poller.start()
    poller.rest()
    settle(Response.json(ANSWER))
    await eventually(() => expect(requests).toHaveLength(1))
    pass(HOUR_MS)
    expect(requests).toHaveLength(1)
    expect(answers).toEqual([])
    expect(waits()).toEqual([])
  })
})
