import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as v from 'valibot'
import type { StreamName } from '../support/streams.ts'
import { serveAssets } from './assets.ts'
import { type Call, CallStateError } from './calls.ts'
import { describeIssue } from './issues.ts'
import { renderPhonePage } from './pages/phone.ts'
import { ACCOUNT, EXTERNAL_CALLERS, PEOPLE } from './people.ts'
import { listCalls } from './phone-calls.ts'
import type { PlaceCallOptions, ReplayOptions } from './platform.ts'
import { STREAMS } from './replay.ts'
import type { Sessions } from './sessions.ts'
import type { Subscriptions } from './subscriptions.ts'

const streamNames = Object.keys(STREAMS) as StreamName[]
const replayBody = v.object({ stream: v.picklist(streamNames), speed: v.pipe(v.number(), v.minValue(1)) })
const callBody = v.object({ from: v.string(), to: v.string() })
const stepBody = v.object({ by: v.picklist(['caller', 'agent']) })

/** What the phone page can do: the platform's own verbs. */
export interface PhoneWorld {
  readonly subscriptions: Subscriptions
  readonly sessions: Sessions
  readonly startReplay: (
    stream: StreamName,
    options: ReplayOptions,
  ) => Promise<{ readonly telephonySessionId: string; readonly done: Promise<void> }>
  readonly placeCall: (options: PlaceCallOptions) => Call
}

/** Adds the phone page, its files and the JSON it talks to. */
export function mountPhone(app: Hono, { subscriptions, sessions, startReplay, placeCall }: PhoneWorld): void {
  const calls = new Map<string, Call>()
  const api = new Hono()

  api.get('/state', (c) =>
    c.json({
      isSubscribed: subscriptions.active().length > 0,
      calls: listCalls(sessions.recent(), calls),
    }),
  )

  api.post('/replays', async (c) => {
    const { stream, speed } = await read(c, replayBody)
    const { telephonySessionId } = await startReplay(stream, { speed })
    return c.json({ telephonySessionId }, 202)
  })

  api.post('/calls', async (c) => {
    const { from, to } = await read(c, callBody)
    const call = placeCall({ from, to })
    calls.set(call.telephonySessionId, call)
    return c.json({ telephonySessionId: call.telephonySessionId }, 201)
  })

  const steps: Readonly<Record<string, (call: Call, by: 'caller' | 'agent') => void>> = {
    answer: (call) => call.answer(),
    hold: (call, by) => call.hold(by),
    unhold: (call, by) => call.unhold(by),
    'hang-up': (call, by) => call.hangUp(by),
  }
  api.post('/calls/:telephonySessionId/:step', async (c) => {
    const call = calls.get(c.req.param('telephonySessionId'))
    if (call === undefined) throw refusal(404, 'There is no call by hand with this id.')
    const step = steps[c.req.param('step')]
    if (step === undefined) throw refusal(404, 'A step is one of answer, hold, unhold and hang-up.')
    step(call, (await read(c, stepBody)).by)
    return c.json({ state: call.state() })
  })

  api.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ message: error.message }, error.status as ContentfulStatusCode)
    if (error instanceof CallStateError) return c.json({ message: error.message }, 409)
    if (error instanceof RangeError) return c.json({ message: error.message }, 400)
    throw error
  })

  app.route('/phone/api', api)
  app.get('/', (c) => c.redirect('/phone'))
  app.get('/phone', (c) =>
    c.html(
      renderPhonePage({
        streams: streamNames.map((name) => ({ name, title: STREAMS[name] })),
        outsideCallers: EXTERNAL_CALLERS.map(({ name, phoneNumber }) => ({
          from: phoneNumber ?? 'withheld',
          label: name === undefined || phoneNumber === undefined ? 'Withheld number' : `${name} · ${phoneNumber}`,
        })),
        colleagues: PEOPLE.filter(({ accountId, canSignIn }) => accountId === ACCOUNT.id && canSignIn),
      }),
    ),
  )
  serveAssets(app)
}

async function read<Schema extends v.GenericSchema>(c: Context, schema: Schema): Promise<v.InferOutput<Schema>> {
  let raw: unknown
  try {
    raw = await c.req.json()
  } catch {
    throw refusal(400, 'The request should be JSON.')
  }
  const result = v.safeParse(schema, raw, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  const { where, shouldBe } = describeIssue(issue, 'The request')
  throw refusal(400, `${where} should be ${shouldBe}.`)
}

function refusal(status: ContentfulStatusCode, message: string): HTTPException {
  return new HTTPException(status, { message })
}
