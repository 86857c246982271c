import type { ContentfulStatusCode } from 'hono/utils/http-status'

type Headers = Readonly<Record<string, string>>

/**
 * A refusal in the form the REST API gives it: the first error repeated at the top level.
 * Clients branch on `errorCode`; the sentences are for people.
 */
export class RestError extends Error {
  override readonly name = 'RestError'
  readonly status: ContentfulStatusCode
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Headers

  constructor(
    status: ContentfulStatusCode,
    errorCode: string,
    message: string,
    details: Record<string, unknown> = {},
    headers: Headers = {},
  ) {
    super(message)
    this.status = status
    this.body = { errorCode, message, ...details, errors: [{ errorCode, message, ...details }] }
    this.headers = headers
  }
}

/** A refusal in the form of OAuth (RFC 6749, section 5.2), with the platform's own code beside the standard word. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError'
  readonly status: ContentfulStatusCode
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Headers = {}

  constructor(status: ContentfulStatusCode, error: string, errorCode: string, description: string) {
    super(description)
    this.status = status
    this.body = { error, error_description: description, errors: [{ errorCode, message: description }] }
  }
}

export function invalidParameter(parameterName: string, shouldBe: string): RestError {
  return new RestError(400, 'CMN-101', `Parameter [${parameterName}] value is invalid: it should be ${shouldBe}`, {
    parameterName,
  })
}

export function notFound(parameterName: string): RestError {
  return new RestError(404, 'CMN-102', `Resource for parameter [${parameterName}] is not found`, { parameterName })
}

/** The account or the extension has not got what is asked for. The code of this refusal is not documented. */
export function missingFeature(featureName: string, reason: string): RestError {
  return new RestError(403, 'CMN-407', `The feature [${featureName}] is not available: ${reason}`, {
    featureName,
    reason,
  })
}

/** The app has not been given a permission, or the person has not. */
export function missingPermission(lacking: 'app' | 'user', permissionName: string): RestError {
  return lacking === 'app'
    ? new RestError(
        403,
        'CMN-401',
        `In order to call this API endpoint, application needs to have [${permissionName}] permission`,
        { permissionName },
      )
    : new RestError(
        403,
        'CMN-408',
        `In order to call this API endpoint, user needs to have [${permissionName}] permission for requested resource`,
        { permissionName },
      )
}
