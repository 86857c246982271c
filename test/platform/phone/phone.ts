import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as v from 'valibot'
import { AGENT_EXTENSION_ID } from '../../support/streams.ts'
import { describeIssue } from '../api/issues.ts'
import type { LogEnv } from '../api/request-log.ts'
import { type Call, createCall } from '../calls/call.ts'
import type { LiveCalls } from '../calls/live-calls.ts'
import { CallStateError } from '../calls/party-state.ts'
import type { Sessions } from '../calls/sessions.ts'
import type { Misbehave } from '../misbehaviour/misbehave.ts'
import {
  isMishapName,
  isPresetName,
  MISHAPS,
  PRESET_NAMES,
  PRESETS,
  type PresetSwitches,
} from '../misbehaviour/presets.ts'
import { EXTERNAL_CALLERS, type Person } from '../people.ts'
import type { PlaceCallOptions, ReplayOptions, StartedReplay } from '../platform.ts'
import type { Queue } from '../queue.ts'
import type { PlayedScenarios } from '../scenarios/played-scenarios.ts'
import { castAs } from '../scenarios/recast.ts'
import { groupScenarios, isScenarioName, SCENARIO_NAMES, SCENARIOS, type ScenarioName } from '../scenarios/scenarios.ts'
import type { Subscriptions } from '../subscriptions/subscriptions.ts'
import { serveAssets } from './assets.ts'
import { renderPhonePage } from './pages/phone.ts'
import { CALL_STEPS, type CallStep, type FindPerson, listCalls } from './phone-calls.ts'

const replayBody = v.object({
  scenario: v.string(),
  speed: v.optional(v.pipe(v.number(), v.minValue(1))),
  as: v.optional(v.string()),
})
const callBody = v.object({ from: v.string(), to: v.string() })
const switchBody = v.object({ isOn: v.boolean() })
/** `to`: the extension id of the colleague who is given the call, or takes it. */
const stepBody = v.object({ by: v.picklist(['caller', 'agent']), to: v.optional(v.string()) })

/** What the phone page can do: the platform's own verbs. */
export interface PhoneWorld {
  readonly subscriptions: Subscriptions
  readonly sessions: Sessions
  readonly calls: LiveCalls
  readonly scenarios: Pick<PlayedScenarios, 'takeOver' | 'look'>
  readonly findPerson: FindPerson
  /** Calls that go on by themselves in the background are not listed. */
  readonly isBackground: (telephonySessionId: string) => boolean
  /** Whom calls can be placed from and to. */
  readonly colleagues: readonly Person[]
  readonly queues: readonly Queue[]
  readonly misbehave: Misbehave
  readonly presets: PresetSwitches
  readonly startReplay: (scenario: ScenarioName, options: ReplayOptions) => StartedReplay
  readonly placeCall: (options: PlaceCallOptions) => Call
}

/** Adds the phone page, its files and the JSON it talks to. */
export function mountPhone(app: Hono<LogEnv>, world: PhoneWorld): void {
  const { subscriptions, sessions, calls, scenarios, findPerson, isBackground, colleagues, queues } = world
  const { misbehave, presets, startReplay, placeCall } = world
  const listed = () => sessions.recent().filter(({ telephonySessionId }) => !isBackground(telephonySessionId))
  const api = new Hono()

  const isSubscribed = () => subscriptions.active().length > 0
  const findColleague = (extensionId: string | undefined): Person => {
    const colleague = colleagues.find((one) => one.extensionId === extensionId)
    if (colleague === undefined) throw new RangeError('The colleague should be given by extension id.')
    return colleague
  }

  api.get('/state', (c) =>
    c.json({
      isSubscribed: isSubscribed(),
      calls: listCalls(listed(), { calls, look: scenarios.look, findPerson }),
      misbehaviours: PRESET_NAMES.filter((name) => presets.isOn(name)),
    }),
  )

  api.get('/scenarios', (c) => {
    const recast = castAs(c.req.query('as'))
    return c.json(SCENARIO_NAMES.map((name) => ({ name, title: recast(SCENARIOS[name].title) })))
  })

  api.post('/replays', async (c) => {
    const { scenario, speed, as } = await read(c, replayBody)
    if (!isScenarioName(scenario)) throw refusal(404, `There is no scenario "${scenario}".`)
    const { telephonySessionIds } = startReplay(scenario, { speed, as })
    const title = castAs(as)(SCENARIOS[scenario].title)
    return c.json({ telephonySessionIds, title, isSubscribed: isSubscribed() }, 202)
  })

  api.post('/calls', async (c) => {
    const { from, to } = await read(c, callBody)
    const call = placeCall({ from, to })
    return c.json({ telephonySessionId: call.telephonySessionId }, 201)
  })

  const steps: Readonly<Record<CallStep, (call: Call, step: v.InferOutput<typeof stepBody>) => void>> = {
    answer: (call) => call.answer(),
    hold: (call, { by }) => call.hold(by),
    unhold: (call, { by }) => call.unhold(by),
    transfer: (call, { to }) => call.transfer({ kind: 'colleague', who: findColleague(to) }),
    park: (call) => call.park(),
    'pick-up': (call, { to }) => call.pickUp(findColleague(to)),
    'hang-up': (call, { by }) => call.hangUp(by),
  }
  api.post('/calls/:telephonySessionId/:step', async (c) => {
    const id = c.req.param('telephonySessionId')
    const played = calls.find(id) === undefined ? sessions.find(id) : undefined
    const name = CALL_STEPS.find((one) => one === c.req.param('step'))
    if (name === undefined) throw refusal(404, `A step is one of ${CALL_STEPS.join(', ')}.`)
    const session = played === undefined ? calls.find(id) : scenarios.takeOver(played, 'phone')
    if (session === undefined) throw refusal(404, 'There is no call with this id that goes on.')
    const call = createCall(calls, session)
    steps[name](call, await read(c, stepBody))
    return c.json({ state: call.state() })
  })

  api.post('/misbehaviours/:name', async (c) => {
    const name = c.req.param('name')
    if (!isPresetName(name)) throw refusal(404, `There is no misbehaviour "${name}".`)
    presets.set(name, (await read(c, switchBody)).isOn)
    return c.json({ isOn: presets.isOn(name) })
  })

  api.post('/mishaps/:name', (c) => {
    const name = c.req.param('name')
    if (!isMishapName(name)) throw refusal(404, `There is no mishap "${name}".`)
    MISHAPS[name].happen(misbehave)
    return c.json({ isSubscribed: isSubscribed() })
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
        scenarioGroups: groupScenarios(),
        leadExtensionId: AGENT_EXTENSION_ID,
        outsideCallers: EXTERNAL_CALLERS.map(({ name, phoneNumber }) => ({
          from: phoneNumber ?? 'withheld',
          label: name === undefined || phoneNumber === undefined ? 'Withheld number' : `${name} · ${phoneNumber}`,
        })),
        colleagues,
        queues,
        misbehaviours: PRESET_NAMES.map((name) => ({ name, title: PRESETS[name].title })),
        mishaps: Object.entries(MISHAPS).map(([name, { title }]) => ({ name, title })),
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
