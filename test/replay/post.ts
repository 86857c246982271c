import type { RecordedEvent } from './read-stream.ts'

/**
 * Posts events to a webhook as RingCentral does, one a request, each after the answer to the one before. Throws a sentence
 * when the address does not answer or refuses.
 */
export async function postStream(
  events: readonly RecordedEvent[],
  url: string,
  token: string | undefined,
): Promise<void> {
  for (const { line, raw } of events) {
    const response = await post(url, raw, token)
    if (response.status === 401) {
      throw new Error(`${url} refused the event of line ${line}: give the verification token with --token`)
    }
    if (!response.ok) throw new Error(`${url} answered ${response.status} to the event of line ${line}`)
  }
  console.log(`${events.length} events posted to ${url}`)
}

async function post(url: string, body: unknown, token: string | undefined): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        ...(token === undefined ? {} : { 'verification-token': token }),
      },
      body: JSON.stringify(body),
    })
  } catch (error) {
    throw new Error(`${url} does not answer: ${error instanceof Error && error.cause ? error.cause : error}`)
  }
}
