import * as v from 'valibot'
import type { ApiRequest, ServiceClient } from '../ringcentral/api.ts'

export interface PagesRequest<Schema extends v.GenericSchema> {
  /** Below the account. */
  readonly path: string
  readonly record: Schema
  readonly group: NonNullable<ApiRequest['group']>
  /** Called before each request, and waited for. */
  readonly before?: () => Promise<void>
}

const paging = v.fallback(v.optional(v.object({ totalPages: v.optional(v.number()) })), undefined)
/** RingCentral's most for all that is asked for here. */
const PAGE_RECORDS = 1000
/** More than any account has. */
const MAX_PAGES = 100

/** The records of all pages of a list. One that can't be read is left out. Throws a `RingCentralError`. */
export async function readPages<Schema extends v.GenericSchema>(
  service: ServiceClient,
  { path, record, group, before }: PagesRequest<Schema>,
): Promise<readonly v.InferOutput<Schema>[]> {
  const answer = v.object({ records: v.array(v.unknown()), paging })
  const all: v.InferOutput<Schema>[] = []
  for (let page = 1, pages = 1; page <= Math.min(pages, MAX_PAGES); page++) {
    await before?.()
    const query = `page=${page}&perPage=${PAGE_RECORDS}`
    const body = await service.send({ method: 'GET', path: `/restapi/v1.0/account/~${path}?${query}`, group })
    const read = v.parse(answer, body)
    for (const raw of read.records) {
      const decoded = v.safeParse(record, raw)
      if (decoded.success) all.push(decoded.output)
    }
    pages = read.paging?.totalPages ?? 1
  }
  return all
}
