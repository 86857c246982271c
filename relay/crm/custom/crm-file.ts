import * as v from 'valibot'
import { strictObject } from '../../json-file/strict-object.ts'

/**
 * A CRM of one's own as JSON: the form that App Connect publishes as `proxyConfig`, so that a file that was made for it can be used as it
 * is. What it has for other things than calls (messages, dispositions) is read over. Beside it, from App Connect's manifest: the addresses
 * of pages. Ours alone is `findCallLog`, which looks a call up that may have been written.
 *
 * Source: github.com/ringcentral/rc-unified-crm-extension, docs/developers/proxy-connector.md. Messages end a sentence that begins with
 * "should be".
 */

const text = v.string('a text')
const scalar = v.union([v.string(), v.number(), v.boolean()], 'a text, a number, true or false')
const values = v.record(v.string(), scalar, 'an object of texts')
const address = v.pipe(
  v.string('an address like https://api.example.com/v1'),
  v.nonEmpty('an address like https://api.example.com/v1'),
)

/** Where a value stands in an answer: `body.contacts`. */
const path = v.optional(v.string('a path like body.id'))

const item = v.looseObject(
  {
    idPath: path,
    namePath: path,
    phonePath: path,
    typePath: path,
    companyPath: path,
    fullBodyPath: path,
  },
  'an object of paths',
)

const responseMapping = v.looseObject(
  { idPath: path, listPath: path, namePath: path, emailPath: path, item: v.optional(item) },
  'an object of paths',
)

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const method = v.pipe(
  v.string('GET, POST, PUT, PATCH or DELETE'),
  v.toUpperCase(),
  v.picklist(METHODS, 'GET, POST, PUT, PATCH or DELETE'),
)

const OPERATION = 'an object with url, and with method, headers, query, body and responseMapping as needed'
const operation = strictObject(
  {
    method: v.optional(method),
    url: v.string('a path like /contacts'),
    headers: v.optional(values),
    query: v.optional(values),
    body: v.optional(v.unknown()),
    auth: v.optional(v.never('left out: one login holds for all operations')),
    responseMapping: v.optional(responseMapping),
  },
  OPERATION,
)
export type Operation = v.InferOutput<typeof operation>

const anyOperation = v.optional(v.looseObject({}, OPERATION))

export const crmFile = v.looseObject(
  {
    meta: v.optional(
      v.looseObject(
        {
          name: v.optional(text),
          displayName: v.optional(text),
          logFormat: v.optional(
            v.picklist(
              ['text/plain', 'text/html', 'text/markdown', 'html', 'markdown', 'custom'],
              'text/plain, text/html or text/markdown',
            ),
          ),
          contactPageUrl: v.optional(text),
          logPageUrl: v.optional(text),
        },
        'an object with name, displayName and logFormat',
      ),
    ),
    auth: v.optional(
      v.looseObject(
        {
          type: v.optional(v.picklist(['apiKey', 'oauth'], 'apiKey or oauth')),
          scheme: v.optional(text),
          headerName: v.optional(v.pipe(v.string('the name of a header'), v.regex(/^[\w-]+$/, 'the name of a header'))),
          credentialTemplate: v.optional(text),
          encode: v.optional(v.picklist(['base64', 'none'], 'base64 or none')),
          authUrl: v.optional(address),
          tokenUrl: v.optional(address),
          scope: v.optional(text),
        },
        'an object with type, scheme, headerName, credentialTemplate and encode',
      ),
    ),
    secretKey: v.optional(text),
    requestDefaults: v.looseObject({ baseUrl: address, defaultHeaders: v.optional(values) }, 'an object with baseUrl'),
    operations: strictObject(
      {
        findContact: operation,
        createCallLog: operation,
        updateCallLog: v.optional(operation),
        getUserList: v.optional(operation),
        findCallLog: v.optional(operation),
        getUserInfo: anyOperation,
        findContactWithName: anyOperation,
        createContact: anyOperation,
        getCallLog: anyOperation,
        upsertCallDisposition: anyOperation,
        createMessageLog: anyOperation,
        updateMessageLog: anyOperation,
        getLicenseStatus: anyOperation,
        unAuthorize: anyOperation,
      },
      'an object with findContact and createCallLog',
    ),
  },
  'an object with requestDefaults and operations',
)
export type CrmFile = v.InferOutput<typeof crmFile>

/** The operations that the relay carries out. */
export const OPERATION_NAMES = ['findContact', 'createCallLog', 'updateCallLog', 'getUserList', 'findCallLog'] as const
export type OperationName = (typeof OPERATION_NAMES)[number]
