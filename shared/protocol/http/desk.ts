import * as v from 'valibot'
import { countCharacters, toPlainLine } from '../plain-line.ts'
import { extensionId, flag, opaqueId } from './fields.ts'

/** Bodies of what people at their desks do about a call. CONTROL.md says who may. */

export const MAX_WHISPER_CHARACTERS = 500

const line = v.pipe(
  v.string('a text'),
  v.maxLength(4 * MAX_WHISPER_CHARACTERS, `a text of at most ${MAX_WHISPER_CHARACTERS} characters`),
  v.transform(toPlainLine),
  v.minLength(1, 'a text with something to read in it'),
  v.check(
    (text) => countCharacters(text) <= MAX_WHISPER_CHARACTERS,
    `a text of at most ${MAX_WHISPER_CHARACTERS} characters`,
  ),
)

/** `POST /v1/sessions/:sid/hand` */
export const handBody = v.object({ raised: flag })
export type HandBody = v.InferInput<typeof handBody>

/** `POST /v1/sessions/:sid/whisper`: a line for one member of the call. */
export const whisperBody = v.object({ extensionId, text: line })

/** Where in the log a hand or a whisper is. */
export const deskAnswer = v.object({ position: v.number() })
export type DeskAnswer = v.InferOutput<typeof deskAnswer>

/** `POST /v1/sessions/:sid/supervise`: listens in to somebody, on a phone of one's own. */
export const superviseBody = v.object({ agentExtensionId: extensionId, deviceId: opaqueId })
export type SuperviseBody = v.InferInput<typeof superviseBody>
