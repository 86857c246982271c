import { RestError } from '../api/rest-error.ts'
import { newSecret } from '../calls/ids.ts'
import { describeNoAnswer, postToWebhook, type WebhookAnswer } from './webhook-post.ts'

const MAX_ANSWER_BYTES = 1024

/**
 * Asks an address whether it wants to be a webhook: an empty POST with a `Validation-Token`, which has to come back in the
 * same header of a small 200 of type JSON. Throws the {@link RestError} that the platform answers when it does not.
 */
export async function shakeHands(
  address: string,
  { verificationToken, signal }: { verificationToken: string | undefined; signal: AbortSignal },
): Promise<void> {
  const validationToken = newSecret()
  const headers = {
    'validation-token': validationToken,
    ...(verificationToken === undefined ? {} : { 'verification-token': verificationToken }),
  }
  let answer: WebhookAnswer
  try {
    answer = await postToWebhook(address, { headers, body: '', signal })
  } catch (error) {
    throw new RestError(400, 'SUB-521', `WebHook is not reachable. ${describeNoAnswer(error)}`)
  }
  if (answer.status !== 200) {
    throw new RestError(400, 'SUB-522', `WebHook responds with incorrect HTTP status. HTTP status is ${answer.status}`)
  }
  const fault = findFault(answer, validationToken)
  if (fault !== undefined) throw new RestError(400, 'SUB-525', `WebHook server response is invalid: ${fault}`)
}

function findFault({ headers, sizeBytes }: WebhookAnswer, validationToken: string): string | undefined {
  if (headers['validation-token'] !== validationToken) {
    return 'the Validation-Token header should be the one that was sent'
  }
  if (headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    return 'the Content-Type should be application/json'
  }
  if (sizeBytes > MAX_ANSWER_BYTES) {
    return `headers and body should be ${MAX_ANSWER_BYTES} bytes at most, but are ${sizeBytes}`
  }
  return undefined
}
