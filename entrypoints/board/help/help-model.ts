import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { LiveCall } from '../../../shared/live/types.ts'
import type { Device } from '../../../shared/protocol/http/calls.ts'
import type { Capability, CapabilityName } from '../../../shared/protocol/http/capabilities.ts'
import { describeRefusal } from '../../lib/relay/refusal-words.ts'
import type { Refusal } from '../../lib/relay/relay-client.ts'
import type { BoardModel } from '../model/board-model.ts'
import type { BoardRequests } from '../requests.ts'

/** What a supervisor does about a call: listens in, writes a line to the agent. What comes of it is told by events. */
export interface HelpModel {
  /** The person's own phones that can listen; `undefined` until they are known. */
  readonly devices: ReadonlySignal<readonly Device[] | undefined>
  readonly deviceId: ReadonlySignal<string | undefined>
  /** Why RingCentral lets the person listen to nobody, in its words, or `''`; `undefined`: it may, as far as is known. */
  readonly listenRefusal: ReadonlySignal<string | undefined>
  /** Whether the person may listen to somebody at all: RingCentral grants it by person. */
  mayListenTo(extensionId: string): boolean
  /** The part by which the person listens to a call now; `undefined`: they do not. */
  listening(call: Pick<LiveCall, 'currentSessionId'>): Pick<LiveCall, 'currentSessionId' | 'partyId'> | undefined
  /** What was asked last of each call, and what became of it. */
  readonly asked: ReadonlySignal<ReadonlyMap<string, Asked>>
  chooseDevice(deviceId: string): void
  /** Asks for the phones and for what may be done with them; each time somebody looks they may be others. */
  readDevices(): Promise<void>
  listen(agentExtensionId: string, call: Pick<LiveCall, 'currentSessionId'>): Promise<void>
  leave(call: Pick<LiveCall, 'currentSessionId'>): Promise<void>
  /** Answers whether it was sent. */
  whisper(agentExtensionId: string, call: Pick<LiveCall, 'currentSessionId'>, text: string): Promise<boolean>
}

export interface Asked {
  readonly kind: 'listen' | 'whisper'
  readonly state: 'pending' | 'done' | 'refused'
  /** Why it was refused, as a sentence. */
  readonly refusal?: string | undefined
  /** When it was done, by this computer's clock. */
  readonly atMs: number
}

export function createHelpModel(model: BoardModel, requests: BoardRequests, nowMs: () => number): HelpModel {
  const devices = signal<readonly Device[]>()
  const chosen = signal<string>()
  const asked = signal<ReadonlyMap<string, Asked>>(new Map())
  const capabilities = signal<readonly Capability[]>([])
  const offered = computed(() => devices.value?.filter((device) => canListen(device, capabilities.value)))
  const deviceId = computed(() => chosen.value ?? offered.value?.[0]?.id)

  function note(sessionId: string, request: Asked): void {
    asked.value = new Map([...asked.value, [sessionId, request]])
  }

  async function ask(
    sessionId: string,
    kind: Asked['kind'],
    send: () => Promise<Refusal | undefined>,
  ): Promise<boolean> {
    note(sessionId, { kind, state: 'pending', atMs: nowMs() })
    const refusal = await send()
    note(
      sessionId,
      refusal === undefined
        ? { kind, state: 'done', atMs: nowMs() }
        : { kind, state: 'refused', refusal: describeRefusal(refusal, nowMs()), atMs: nowMs() },
    )
    return refusal === undefined
  }

  function listening({ currentSessionId }: Pick<LiveCall, 'currentSessionId'>) {
    const me = model.user.value?.extensionId
    const mine = me === undefined ? [] : (model.feed.extension(me).value?.calls ?? [])
    return mine.find((one) => one.state === 'listening' && one.currentSessionId === currentSessionId)
  }

  return {
    devices: offered,
    deviceId,
    listenRefusal: computed(() => {
      const refused = findRefused(capabilities.value, 'listen')
      return refused && (refused.reason ?? '')
    }),
    asked,
    listening,
    mayListenTo: (extensionId) => {
      const watched = model.user.value?.watches?.extensions ?? []
      return extensionId !== model.user.value?.extensionId && (watched === 'all' || watched.includes(extensionId))
    },
    chooseDevice: (id) => {
      chosen.value = id
    },
    readDevices: async () => {
      const [own, allowed] = await Promise.all([requests.listDevices(), requests.listCapabilities()])
      devices.value = own.value ?? devices.value ?? []
      capabilities.value = allowed.value ?? capabilities.value
    },
    listen: async (agentExtensionId, { currentSessionId }) => {
      const id = deviceId.value
      if (id === undefined) return
      await ask(currentSessionId, 'listen', () => requests.listen(currentSessionId, agentExtensionId, id))
    },
    leave: async (call) => {
      const mine = listening(call)
      if (mine === undefined) return
      await ask(call.currentSessionId, 'listen', () => requests.leave(mine.currentSessionId, mine.partyId))
    },
    whisper: (agentExtensionId, { currentSessionId }, text) =>
      ask(currentSessionId, 'whisper', () => requests.whisper(currentSessionId, agentExtensionId, text)),
  }
}

/** Announcements come out of a paging device, and a shared line rings at somebody else's. Source: RingCentral's device types. */
const NOT_TO_LISTEN_AT: ReadonlySet<string | undefined> = new Set(['Paging', 'BLA'])

function canListen({ status, type }: Device, capabilities: readonly Capability[]): boolean {
  if (status !== 'Online' || NOT_TO_LISTEN_AT.has(type)) return false
  return type !== 'WebPhone' || findRefused(capabilities, 'listenAtWebPhone') === undefined
}

function findRefused(capabilities: readonly Capability[], wanted: CapabilityName): Capability | undefined {
  return capabilities.find(({ name, state }) => name === wanted && state === 'refused')
}
