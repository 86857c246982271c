import { describe, expect, it } from 'vitest'
import { toRingCentralError } from '../../../relay/ringcentral/api.ts'
import { advisePermission, judge, type Purpose, type Verdict } from '../../../relay/ringcentral/verdicts.ts'
import { SECOND_MS } from '../../../shared/time.ts'

/** What follows from an answer, for each kind of request: by its status, the form of its body, and the code in it. */

const PURPOSES = ['login', 'serviceRefresh', 'personRefresh', 'subscription', 'service', 'person'] as const
type Kinds = readonly [
  login: Verdict['kind'],
  serviceRefresh: Verdict['kind'],
  personRefresh: Verdict['kind'],
  subscription: Verdict['kind'],
  service: Verdict['kind'],
  person: Verdict['kind'],
]

const JSON_TYPE = { 'content-type': 'application/json' }
const restBody = (code: string) => JSON.stringify({ errorCode: code, message: 'no', errors: [{ errorCode: code }] })
const oauthBody = (error: string, ...codes: string[]) =>
  JSON.stringify({ error, error_description: 'no', errors: codes.map((errorCode) => ({ errorCode })) })
const listBody = (code: string) => JSON.stringify({ errors: [{ message: 'no' }, { errorCode: code }] })

async function judgeAnswer(purpose: Purpose, status: number, body: string, headers: Record<string, string> = {}) {
  const response = new Response(body, { status, headers: { ...JSON_TYPE, ...headers } })
  return judge(purpose, await toRingCentralError({ response }))
}

async function kindsOf(status: number, body: string): Promise<readonly string[]> {
  return Promise.all(PURPOSES.map(async (purpose) => (await judgeAnswer(purpose, status, body)).kind))
}

const NOTHING: Kinds = ['retry', 'retry', 'retry', 'retry', 'retry', 'retry']
const APP: Kinds = ['refused', 'over', 'retry', 'refused', 'refused', 'retry']
const GRANT: Kinds = ['refused', 'over', 'over', 'refused', 'refused', 'over']
const TOKEN: Kinds = ['refused', 'over', 'over', 'over', 'over', 'over']
const SESSION: Kinds = ['retry', 'retry', 'retry', 'over', 'over', 'over']
const GONE: Kinds = ['retry', 'retry', 'retry', 'gone', 'gone', 'gone']
const PERMISSION: Kinds = ['retry', 'retry', 'retry', 'blocked', 'blocked', 'retry']
const SETTING: Kinds = ['retry', 'retry', 'retry', 'blocked', 'retry', 'retry']

describe('an answer without a code of RingCentral’s decides nothing', () => {
  const bodies: readonly (readonly [form: string, body: string])[] = [
    ['a page', '<html><title>Forbidden</title></html>'],
    ['nothing', ''],
    ['no whole JSON', '{"error":"invalid_gr'],
    ['null', 'null'],
    ['a list', '[{"errorCode":"OAU-140"}]'],
    ['somebody else’s JSON', '{"error":"Access denied","message":"blocked by policy 1020"}'],
    ['somebody else’s words', '{"error":"forbidden","errors":"none"}'],
    ['codes of another form', '{"errorCode":"403","errors":[{"errorCode":1020}]}'],
    ['an empty list', '{"errors":[]}'],
  ]
  const statuses = [400, 401, 403, 404, 405, 407, 408, 410, 418, 451, 500, 502, 503, 504, 520]
  it.each(bodies.flatMap(([form, body]) => statuses.map((status) => [status, form, body] as const)))(
    '%i with %s',
    async (status, _form, body) => {
      expect(await kindsOf(status, body)).toEqual(NOTHING)
    },
  )

  it('and no answer at all neither', async () => {
    const failure = await toRingCentralError(new TypeError('fetch failed'))
    for (const purpose of PURPOSES) expect(judge(purpose, failure).kind).toBe('retry')
  })
})

describe('RingCentral’s own words decide', () => {
  it.each<[status: number, body: string, kinds: Kinds]>([
    [401, oauthBody('invalid_client', 'OAU-146'), APP],
    [401, oauthBody('invalid_client'), APP],
    [403, oauthBody('unauthorized_client', 'OAU-112'), APP],
    [400, oauthBody('unsupported_grant_type', 'OAU-120'), APP],
    // The app is refused, whatever is said of the token with it.
    [400, oauthBody('invalid_grant', 'OAU-123'), APP],
    [400, oauthBody('invalid_grant'), GRANT],
    [400, oauthBody('invalid_grant', 'OAU-213'), GRANT],
    [400, oauthBody('invalid_request', 'OAU-140'), GRANT],
    [400, restBody('OAU-125'), GRANT],
    [403, restBody('OAU-142'), GRANT],
    [400, listBody('OAU-147'), GRANT],
    [401, restBody('OAU-128'), TOKEN],
    [401, listBody('OAU-149'), TOKEN],
    // A code of the login that is not listed.
    [400, restBody('OAU-999'), TOKEN],
    [401, restBody('AGW-402'), SESSION],
    [401, restBody('CMN-405'), SESSION],
    [401, restBody('CMN-999'), SESSION],
    [404, restBody('CMN-102'), GONE],
    [404, restBody('SUB-507'), GONE],
    [404, restBody('TAS-101'), GONE],
    [403, restBody('CMN-401'), PERMISSION],
    [403, listBody('CMN-408'), PERMISSION],
    [403, restBody('SUB-402'), SETTING],
    [400, restBody('CMN-101'), SETTING],
    [520, restBody('SUB-524'), SETTING],
    [400, restBody('SUB-521'), NOTHING],
    [403, restBody('CMN-999'), NOTHING],
    [500, restBody('CMN-203'), NOTHING],
  ])('%i %s', async (status, body, kinds) => {
    expect(await kindsOf(status, body)).toEqual(kinds)
  })

  it.each([408, 429, 500, 502, 503, 504])('of a login not with %i: then it has not decided', async (status) => {
    for (const body of [oauthBody('invalid_grant', 'OAU-140'), oauthBody('invalid_client'), restBody('OAU-128')]) {
      expect(await kindsOf(status, body)).toEqual(NOTHING)
    }
  })
})

describe('says what to change', () => {
  it.each<[purpose: Purpose, status: number, code: string, says: string]>([
    ['login', 403, 'OAU-112', 'allow the JWT auth flow'],
    ['login', 400, 'OAU-140', 'create a new JWT credential'],
    ['login', 401, 'OAU-146', 'RINGCENTRAL_CLIENT_SECRET should be those of the app'],
    ['login', 400, 'OAU-125', 'check RINGCENTRAL_CLIENT_ID'],
    ['login', 400, 'OAU-141', 'check RINGCENTRAL_CLIENT_ID'],
    ['login', 400, 'OAU-999', 'check RINGCENTRAL_CLIENT_ID'],
    ['subscription', 403, 'CMN-401', 'add CallControl, SubscriptionWebhook, ReadAccounts and ReadPresence to the app'],
    ['subscription', 400, 'SUB-521', 'does not reach RELAY_PUBLIC_URL/webhook'],
    ['subscription', 400, 'SUB-522', 'Something else than this relay answers'],
    ['subscription', 400, 'CMN-101', 'RELAY_PUBLIC_URL should be a public https address'],
  ])('%s: %i %s', async (purpose, status, code, says) => {
    expect(await judgeAnswer(purpose, status, restBody(code))).toMatchObject({ advice: expect.stringContaining(says) })
  })

  it('names a missing permission, with who lacks it', () => {
    expect(advisePermission({ codes: ['CMN-401'], permission: 'SubscriptionWebhook' })).toBe(
      'A permission is missing: add SubscriptionWebhook to the app in the RingCentral console.',
    )
    expect(advisePermission({ codes: ['CMN-408'], permission: 'CallControl' })).toContain(
      'give the user of RINGCENTRAL_JWT a role in the RingCentral console that includes CallControl',
    )
  })
})

describe('waits', () => {
  it.each(['CMN-301', 'CMN-302', 'CMN-303', 'CMN-304', 'CMN-310'])('a minute for %s', async (code) => {
    const verdict = await judgeAnswer('service', 429, restBody(code))
    expect(verdict).toEqual({ kind: 'retry', afterMs: 60 * SECOND_MS })
  })

  it('as long as it is asked to', async () => {
    const verdict = await judgeAnswer('login', 403, '<html>', { 'retry-after': '90' })
    expect(verdict).toEqual({ kind: 'retry', afterMs: 90 * SECOND_MS })
  })
})

it('an answer that may be somebody else’s is named as such, and none of its words are repeated', async () => {
  const page = new Response('<html>Ticket 4711 for Ada Winter</html>', { status: 403 })
  const failure = await toRingCentralError({ response: page })
  expect(failure.message).toContain('RingCentral answered 403 without a code of its own')
  const text = new Response('{"error":"Ada Winter is not allowed"}', { status: 403, headers: JSON_TYPE })
  expect((await toRingCentralError({ response: text })).message).not.toContain('Winter')
})
