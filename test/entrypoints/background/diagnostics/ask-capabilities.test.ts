import { describe, expect, it } from 'vitest'
import { askCapabilities } from '../../../../entrypoints/background/diagnostics/ask-capabilities.ts'
import type { RelayAnswer, RelayRequest } from '../../../../entrypoints/lib/relay/relay-client.ts'

const refusedAt = '2026-11-29T14:02:00.000Z'

async function answerOf(answer: RelayAnswer) {
  const sent: RelayRequest[] = []
  const client = {
    send: async (request: RelayRequest) => {
      sent.push(request)
      return answer
    },
  }
  const report = await askCapabilities(client, ({ code }) => `because of ${code}`)
  expect(sent).toEqual([{ method: 'GET', path: '/v1/capabilities' }])
  return report
}

describe('the relay', () => {
  it('tells capabilities as they are, also one that is not known here', async () => {
    const capabilities = [
      { name: 'listen', state: 'refused', reason: 'AccountLimitation', at: refusedAt },
      { name: 'whisperByVoice', state: 'notTried' },
    ]
    expect(await answerOf({ body: { capabilities } })).toEqual({ kind: 'given', capabilities })
  })

  it.each<[what: string, answer: RelayAnswer, kind: string]>([
    ['does not know the question', { refusal: { code: 'not_found' } }, 'otherVersion'],
    ['answers in another form', { body: { capabilities: [{ name: 'listen', state: 'perhaps' }] } }, 'otherVersion'],
    ['answers with no JSON', { body: undefined }, 'otherVersion'],
    ['cannot be reached', { refusal: { code: 'relay_unreachable' } }, 'away'],
    ['does not answer in time', { refusal: { code: 'relay_silent' } }, 'away'],
    ['is just restarting', { refusal: { code: 'restart' } }, 'away'],
  ])('%s', async (_what, answer, kind) => {
    expect(await answerOf(answer)).toEqual({ kind })
  })

  it('refuses, with a sentence that says why', async () => {
    const refusal = { code: 'sign_in_again' } as const
    expect(await answerOf({ refusal })).toEqual({
      kind: 'refused',
      code: 'sign_in_again',
      sentence: 'because of sign_in_again',
    })
  })
})
