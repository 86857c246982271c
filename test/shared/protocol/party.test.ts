import { describe, expect, it } from 'vitest'
import { decodeParty, type Party } from '../../../shared/protocol/party.ts'
import { describeFault } from '../../../shared/protocol/raw.ts'
import { buildParty, type PartyFields } from '../../support/notification.ts'

/** A party with every field that the platform is known to send. */
const FULL = {
  accountId: '100001',
  extensionId: '200001',
  id: 'p-a6abd24ca6774373a8120a3390d3cbe8-2',
  direction: 'Inbound',
  to: { phoneNumber: '+12025550101', name: 'Agent One', extensionId: '200001', deviceId: '800001' },
  from: { phoneNumber: '11101', name: 'Sales - Ada Winter', extensionId: '200009', deviceId: '800009' },
  status: {
    code: 'Gone',
    reason: 'Pickup',
    description: 'Fetched',
    parkData: '*801',
    peerId: { sessionId: '425', telephonySessionId: 's-other', partyId: 'p-other-2' },
    mobilePickupData: {
      ccMailboxes: ['200001'],
      to: '#200001@sip.example:5060',
      sid: '7',
      srvLvl: '-100000001',
      srvLvlExt: '300',
    },
    rcc: true,
  },
  park: { id: '*802' },
  recordings: [
    { id: '901', active: true },
    { id: '902', active: false },
  ],
  queueCall: true,
  uiCallInfo: {
    primary: { type: 'QueueName', value: 'Sales' },
    additional: { type: 'CallerIdName', value: 'Ada Winter' },
  },
  missedCall: true,
  standAlone: true,
  muted: true,
  conferenceRole: 'Host',
  ringOutRole: 'Initiator',
  ringMeRole: 'Target',
  sipData: { toTag: 'to-1', fromTag: 'from-1', callId: 'call-1' },
}

function partyOf(raw: unknown): Party {
  const decoded = decodeParty(raw, 'party')
  if ('fault' in decoded) throw new Error(describeFault(decoded.fault))
  return decoded
}

const built = (fields: PartyFields) => partyOf(buildParty(fields))

it('N2 every field that the platform sends is read', () => {
  expect(partyOf(FULL)).toEqual({
    id: 'p-a6abd24ca6774373a8120a3390d3cbe8-2',
    accountId: '100001',
    extensionId: '200001',
    direction: 'Inbound',
    from: { phoneNumber: '11101', name: 'Sales - Ada Winter', extensionId: '200009', deviceId: '800009' },
    to: { phoneNumber: '+12025550101', name: 'Agent One', extensionId: '200001', deviceId: '800001' },
    status: {
      code: 'Gone',
      rawCode: 'Gone',
      reason: 'Pickup',
      rawReason: 'Pickup',
      description: 'Fetched',
      peer: { sessionId: '425', telephonySessionId: 's-other', partyId: 'p-other-2' },
      rcc: true,
      mobilePickupData: FULL.status.mobilePickupData,
    },
    parkedAt: '*801',
    queueCall: true,
    queueName: 'Sales',
    callerIdName: 'Ada Winter',
    callerIdNumber: undefined,
    missedCall: true,
    standAlone: true,
    muted: true,
    conferenceRole: 'Host',
    ringOutRole: 'Initiator',
    ringMeRole: 'Target',
    recordings: FULL.recordings,
    sipData: { toTag: 'to-1', fromTag: 'from-1', callId: 'call-1' },
  } satisfies Party)
})

it('N2 a party of which nothing but id and status is told says nothing else', () => {
  const nowhere = { phoneNumber: undefined, name: undefined, extensionId: undefined, deviceId: undefined }
  expect(partyOf({ id: 'p-9', status: { code: 'Setup' } })).toEqual({
    id: 'p-9',
    accountId: undefined,
    extensionId: undefined,
    direction: undefined,
    from: nowhere,
    to: nowhere,
    status: {
      code: 'Setup',
      rawCode: 'Setup',
      reason: undefined,
      rawReason: undefined,
      description: undefined,
      peer: undefined,
      rcc: undefined,
      mobilePickupData: undefined,
    },
    parkedAt: undefined,
    queueCall: false,
    queueName: undefined,
    callerIdName: undefined,
    callerIdNumber: undefined,
    missedCall: false,
    standAlone: false,
    muted: false,
    conferenceRole: undefined,
    ringOutRole: undefined,
    ringMeRole: undefined,
    recordings: [],
    sipData: undefined,
  } satisfies Party)
})

describe('N2 a field that has not its usual type is as if it were absent:', () => {
  const usual: Readonly<Record<string, readonly string[]>> = {
    accountId: ['string', 'number'],
    extensionId: ['string', 'number'],
    direction: ['string'],
    to: ['object'],
    from: ['object'],
    recordings: ['list'],
    queueCall: ['boolean'],
    uiCallInfo: ['object'],
    missedCall: ['boolean'],
    standAlone: ['boolean'],
    muted: ['boolean'],
    conferenceRole: ['string'],
    ringOutRole: ['string'],
    ringMeRole: ['string'],
    sipData: ['object'],
    'status.reason': ['string'],
    'status.description': ['string'],
    'status.parkData': ['string', 'number'],
    'status.peerId': ['object'],
    'status.mobilePickupData': ['object'],
    'status.rcc': ['boolean'],
    'from.phoneNumber': ['string', 'number'],
    'from.name': ['string'],
    'from.extensionId': ['string', 'number'],
    'to.deviceId': ['string', 'number'],
    'sipData.callId': ['string'],
    'sipData.toTag': ['string'],
    'sipData.fromTag': ['string'],
    'uiCallInfo.primary': ['object'],
    'uiCallInfo.additional': ['object'],
  }
  const values: Readonly<Record<string, unknown>> = {
    null: null,
    string: 'text',
    empty: '',
    number: 7,
    boolean: true,
    list: [1],
    object: { hidden: true },
  }
  it.each(Object.entries(usual))('%s', (path, types) => {
    const absent = partyOf(replaceAt(FULL, path, undefined))
    for (const [type, value] of Object.entries(values)) {
      if (types.includes(type)) continue
      expect(partyOf(replaceAt(FULL, path, value)), `${path} is ${type}`).toEqual(absent)
    }
  })
})

it('N2 fields that nobody knows change nothing', () => {
  const more = { ...FULL, hologram: {}, attributes: { a: 1 }, metadata: [], state: { reason: 'Rejected' } }
  expect(partyOf({ ...more, status: { ...FULL.status, mood: 'fine' } })).toEqual(partyOf(FULL))
})

describe('N3 ids are strings, also where a number came', () => {
  it.each([
    ['id', built({ id: 12 }).id],
    ['accountId', built({ accountId: 12 }).accountId],
    ['extensionId', built({ extensionId: 12 }).extensionId],
    ['owner.accountId', built({ accountId: undefined, owner: { accountId: 12 } }).accountId],
    ['owner.extensionId', built({ extensionId: undefined, owner: { extensionId: 12 } }).extensionId],
    ['from.extensionId', built({ from: { extensionId: 12 } }).from.extensionId],
    ['from.phoneNumber', built({ from: { phoneNumber: 12 } }).from.phoneNumber],
    ['to.deviceId', built({ to: { deviceId: 12 } }).to.deviceId],
    ['park.id', built({ park: { id: 12 } }).parkedAt],
    ['recordings[].id', built({ recordings: [{ id: 12, active: true }] }).recordings[0]?.id],
    ['peerId.partyId', peerOf({ partyId: 12 })?.partyId],
    ['peerId.telephonySessionId', peerOf({ telephonySessionId: 12 })?.telephonySessionId],
    ['peerId.sessionId', peerOf({ sessionId: 12 })?.sessionId],
  ])('%s', (_, id) => {
    expect(id).toBe('12')
  })
})

describe('the owner', () => {
  it('is flattened into the party', () => {
    const owner = { accountId: '7', extensionId: '8' }
    expect(built({ accountId: undefined, extensionId: undefined, owner })).toMatchObject(owner)
  })

  it('is ignored when it is no object', () => {
    const { accountId, extensionId } = built({ accountId: undefined, extensionId: undefined, owner: '8' })
    expect([accountId, extensionId]).toEqual([undefined, undefined])
  })

  it('does not outweigh what the party says itself', () => {
    expect(built({ owner: { accountId: '7', extensionId: '8' } })).toMatchObject({
      accountId: '100',
      extensionId: '200',
    })
  })
})

describe('where a call is parked', () => {
  const cases: readonly (readonly [what: string, parkData: unknown, park: unknown, parkedAt: string | undefined])[] = [
    ['comes from the status', '*801', {}, '*801'],
    ['comes from the park', undefined, { id: '*802' }, '*802'],
    ['comes from the park when the status says nothing, as for a park location', '', { id: '*802' }, '*802'],
    ['comes from the status first', '*801', { id: '*802' }, '*801'],
    ['is unknown when neither tells', '', {}, undefined],
    ['is unknown when neither tells it as usual', { id: '*801' }, '*802', undefined],
  ]
  it.each(cases)('%s', (_, parkData, park, parkedAt) => {
    expect(built({ status: { code: 'Parked', parkData }, park }).parkedAt).toBe(parkedAt)
  })
})

describe('what is shown of a call', () => {
  const line = (type: string, value: unknown) => ({ type, value })
  const cases: readonly (readonly [what: string, uiCallInfo: unknown, expected: Partial<Party>])[] = [
    [
      'a queue and a name',
      { primary: line('QueueName', 'Sales'), additional: line('CallerIdName', 'Ada') },
      { queueName: 'Sales', callerIdName: 'Ada', callerIdNumber: undefined },
    ],
    [
      'a queue and a number',
      { primary: line('QueueName', 'Sales'), additional: line('CallerIdNumber', '+14085550123') },
      { queueName: 'Sales', callerIdName: undefined, callerIdNumber: '+14085550123' },
    ],
    [
      'the same lines the other way round',
      { primary: line('CallerIdName', 'Ada'), additional: line('QueueName', 'Sales') },
      { queueName: 'Sales', callerIdName: 'Ada', callerIdNumber: undefined },
    ],
    [
      'one line',
      { additional: line('CallerIdName', 'Ada') },
      { queueName: undefined, callerIdName: 'Ada', callerIdNumber: undefined },
    ],
    [
      'a kind of line that nobody knows',
      { primary: line('Mood', 'fine') },
      { queueName: undefined, callerIdName: undefined, callerIdNumber: undefined },
    ],
    [
      'lines without a text',
      { primary: line('QueueName', 5), additional: line('CallerIdName', '') },
      { queueName: undefined, callerIdName: undefined, callerIdNumber: undefined },
    ],
  ]
  it.each(cases)('is read from %s', (_, uiCallInfo, expected) => {
    expect(built({ uiCallInfo })).toMatchObject(expected)
  })
})

describe('what only its own value turns on', () => {
  it.each(['queueCall', 'missedCall', 'standAlone', 'muted'] as const)('%s is true for true alone', (field) => {
    const values = [true, false, 'true', 1, undefined, null]
    expect(values.map((value) => built({ [field]: value })[field])).toEqual([true, ...Array(5).fill(false)])
  })

  it('rcc is kept as told, also when it is false, and unknown when not told', () => {
    const rccOf = (rcc: unknown) => built({ status: { code: 'Setup', rcc } }).status.rcc
    expect([true, false, undefined, 'false'].map(rccOf)).toEqual([true, false, undefined, undefined])
  })
})

it.each([
  ['Inbound', 'Inbound'],
  ['Outbound', 'Outbound'],
  ['INBOUND', 'Inbound'],
  ['outbound', 'Outbound'],
  ['sideways', undefined],
])('the direction %s is %s', (raw, direction) => {
  expect(built({ direction: raw }).direction).toBe(direction)
})

it('recordings without an id are left out, and one that is not said to be active is paused', () => {
  const recordings = [{ id: '1', active: true }, { active: true }, 'odd', null, { id: '2' }]
  expect(built({ recordings }).recordings).toEqual([
    { id: '1', active: true },
    { id: '2', active: false },
  ])
})

it.each(['srvLvl', 'srvlvl'])('data for a pick-up by the mobile app is read, spelled %s', (field) => {
  const mobilePickupData = { ccMailboxes: ['1', '2'], to: 'sip:1', sid: '5', [field]: '-1' }
  expect(built({ status: { code: 'Proceeding', mobilePickupData } }).status.mobilePickupData).toEqual({
    ccMailboxes: ['1', '2'],
    to: 'sip:1',
    sid: '5',
    srvLvl: '-1',
    srvLvlExt: undefined,
  })
})

describe('N4 a word that nobody knows is kept as it was spelled:', () => {
  it('a status', () => {
    expect(built({ status: { code: 'LeviTating' } }).status).toMatchObject({
      code: 'Unrecognised',
      rawCode: 'LeviTating',
    })
  })

  it('a reason', () => {
    const { status } = built({ status: { code: 'Disconnected', reason: 'BoredOf it' } })
    expect(status).toMatchObject({ code: 'Disconnected', reason: 'Unrecognised', rawReason: 'BoredOf it' })
  })

  it('and so is one that is spelled unusually', () => {
    const { status } = built({ status: { code: 'vmscreening', reason: 'blindTRANSFER' } })
    expect(status).toMatchObject({
      code: 'VoiceMailScreening',
      rawCode: 'vmscreening',
      reason: 'BlindTransfer',
      rawReason: 'blindTRANSFER',
    })
  })
})

function peerOf(peerId: unknown) {
  return built({ status: { code: 'Gone', peerId } }).status.peer
}

/** A copy with another value at a path of one or two steps. */
function replaceAt(party: Readonly<Record<string, unknown>>, path: string, value: unknown): Record<string, unknown> {
  const [first = '', second] = path.split('.')
  if (second === undefined) return { ...party, [first]: value }
  return { ...party, [first]: { ...(party[first] as object), [second]: value } }
}
