import type { StreamName } from '../../support/streams.ts'

/** A call, or several that belong together, that the stand-in can place: what happens, who does it, and when. */
export type ScenarioName = StreamName

export interface Scenario {
  readonly group: ScenarioGroup
  /** What happens, in a person's words that stay true whoever plays Bea's part: no `she` or `his` for a colleague. */
  readonly title: string
}

/** In the order in which they are listed. */
export const SCENARIO_GROUPS = [
  'Recorded calls',
  'Incoming calls',
  'Menus and queues',
  'Outgoing calls',
  'Moving and joining calls',
  'Voicemail and fax',
] as const
export type ScenarioGroup = (typeof SCENARIO_GROUPS)[number]

/** All of them, each group from the plain case to the odd one. */
export const SCENARIOS = {
  'pstn-to-user': { group: 'Recorded calls', title: 'Ada calls and reaches Bea through the menu' },
  'user-to-pstn': { group: 'Recorded calls', title: 'Bea calls Ada, and puts her on hold once' },
  'user-to-user': { group: 'Recorded calls', title: 'Sam calls Bea, inside the company' },

  'direct-call': { group: 'Incoming calls', title: 'Grace calls Bea, who puts her on hold once' },
  'many-devices': { group: 'Incoming calls', title: 'Several phones of Bea ring; the desk phone is answered' },
  anonymous: { group: 'Incoming calls', title: 'Somebody calls Bea without showing a number' },
  'late-name': { group: 'Incoming calls', title: 'Bea answers Ada before the name is known' },
  'caller-gave-up': { group: 'Incoming calls', title: 'Grace hangs up before Bea answers' },
  'no-answer': { group: 'Incoming calls', title: 'Bea’s phone rings out; Ada reaches nobody' },
  rejected: { group: 'Incoming calls', title: 'Bea rejects the call of Grace' },
  replied: { group: 'Incoming calls', title: 'Bea answers the call of Ada with a message' },
  'replied-at-once': { group: 'Incoming calls', title: 'Bea answers the call of Grace with a message, which ends it' },
  'rung-in-a-name': { group: 'Incoming calls', title: 'A phone of Sam rings in the name of Bea, and Sam answers Ada' },

  'ivr-menu': { group: 'Menus and queues', title: 'Priya goes through two menus and reaches Bea' },
  'queue-answered': { group: 'Menus and queues', title: 'A queue rings three agents; Bea takes it' },
  'queue-answered-elsewhere': { group: 'Menus and queues', title: 'A queue rings three agents; Sam takes it, not Bea' },
  'queue-abandoned': { group: 'Menus and queues', title: 'A queue rings Bea and two others; Priya gives up' },
  'queue-rings-again': { group: 'Menus and queues', title: 'A queue rings Bea in vain, then Sam, then Bea again' },

  'pstn-callee': { group: 'Outgoing calls', title: 'Bea calls Grace, who answers' },
  'internal-call': { group: 'Outgoing calls', title: 'Bea calls Noor, inside the company' },
  'ring-out': { group: 'Outgoing calls', title: 'Bea has the platform ring both: Bea first, then Grace (RingOut)' },
  'ring-out-without-roles': {
    group: 'Outgoing calls',
    title: 'Bea has the platform ring both, and nothing tells who asked for it',
  },
  'ring-out-not-picked-up': { group: 'Outgoing calls', title: 'Bea has the platform ring both, and does not pick up' },
  cancelled: { group: 'Outgoing calls', title: 'Bea hangs up before Grace answers' },
  busy: { group: 'Outgoing calls', title: 'Bea calls Priya, who is on the phone' },
  failed: { group: 'Outgoing calls', title: 'Bea dials a number that does not exist' },

  'blind-transfer': { group: 'Moving and joining calls', title: 'Bea transfers Ada to Sam without asking' },
  'forwarded-while-ringing': {
    group: 'Moving and joining calls',
    title: 'Bea forwards the ringing call of Grace to Sam',
  },
  'attended-transfer': { group: 'Moving and joining calls', title: 'Bea asks Sam first, then transfers Ada' },
  'transfer-to-me': { group: 'Moving and joining calls', title: 'Sam asks Bea first, then transfers Ada to her' },
  'transfer-after-queue': {
    group: 'Moving and joining calls',
    title: 'A queue rings Bea and Sam; Sam takes it, then transfers Ada to Bea',
  },
  'park-and-pick-up': { group: 'Moving and joining calls', title: 'Bea parks Ada at *801; Sam picks up' },
  'parked-and-gone': { group: 'Moving and joining calls', title: 'Bea parks Grace at *802; Sam picks up (Gone)' },
  'parked-by-the-callers-leg': {
    group: 'Moving and joining calls',
    title: 'Bea parks Priya at *803, told of the caller; Sam picks up',
  },
  'park-location': { group: 'Moving and joining calls', title: 'Bea parks Priya, then takes the call back' },
  conference: { group: 'Moving and joining calls', title: 'Bea calls Ada and Grace, and merges the calls' },
  'conference-with-colleague': {
    group: 'Moving and joining calls',
    title: 'Bea merges the call of Ada and one with Sam',
  },
  monitoring: { group: 'Moving and joining calls', title: 'Ines listens in while Bea talks to Ada' },
  'call-flip': {
    group: 'Moving and joining calls',
    title: 'Bea flips the call of Ada to another phone, which rings first',
  },
  'call-switch': { group: 'Moving and joining calls', title: 'Bea moves the call of Ada to another device' },

  voicemail: { group: 'Voicemail and fax', title: 'Priya leaves Bea a message' },
  'voicemail-screening': { group: 'Voicemail and fax', title: 'Bea listens in while Ada leaves a message' },
  'voicemail-of-a-colleague': { group: 'Voicemail and fax', title: 'Bea leaves Noor a message' },
  fax: { group: 'Voicemail and fax', title: 'Priya sends Bea a fax' },
} as const satisfies Readonly<Record<ScenarioName, Scenario>>

export const SCENARIO_NAMES = Object.keys(SCENARIOS).filter(isScenarioName)

export function isScenarioName(name: unknown): name is ScenarioName {
  return typeof name === 'string' && Object.hasOwn(SCENARIOS, name)
}

/** The scenarios in groups, for a list that people read. */
export function groupScenarios(): readonly {
  readonly group: ScenarioGroup
  readonly scenarios: readonly { readonly name: ScenarioName; readonly title: string }[]
}[] {
  return SCENARIO_GROUPS.map((group) => ({
    group,
    scenarios: SCENARIO_NAMES.flatMap((name) =>
      SCENARIOS[name].group === group ? [{ name, title: SCENARIOS[name].title }] : [],
    ),
  }))
}
