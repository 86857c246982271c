/** A loudspeaker or headset that is connected to the computer. */
export interface AudioOutput {
  /** Chrome's id of it, which it has for Ringside alone. */
  readonly id: string
  readonly name: string
}

/** Why Chrome goes on keeping the outputs to itself. */
export type OutputProblem = 'outputsRefused' | 'noMicrophone'

/** Chrome's own two: whatever the computer uses for sounds, and for calls. They change with the computer's settings. */
const SHIFTING: ReadonlySet<string> = new Set(['', 'default', 'communications'])

/** `undefined`: Chrome tells of them to nobody who may not use the microphone. */
export async function readOutputs(): Promise<readonly AudioOutput[] | undefined> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => [])
  const outputs = devices.filter(({ kind }) => kind === 'audiooutput')
  if (!devices.some(({ label }) => label !== '')) return undefined
  return outputs.flatMap(({ deviceId, label }) => (SHIFTING.has(deviceId) ? [] : { id: deviceId, name: label }))
}

/** Has Chrome ask for the microphone, without which it names no output; nothing is heard by it. Gives what stands in the way. */
export async function allowOutputs(): Promise<OutputProblem | undefined> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    for (const track of stream.getTracks()) track.stop()
    return undefined
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotFoundError' ? 'noMicrophone' : 'outputsRefused'
  }
}
