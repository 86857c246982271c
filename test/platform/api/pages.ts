import type { Context } from 'hono'
import { invalidParameter } from './rest-error.ts'

/** A list as the platform gives it, a page at a time: `page` counts from 1. Throws the refusal of an odd page. */
export function describePage<Item>(
  c: Context,
  all: readonly Item[],
  { perPage: usual, most }: { readonly perPage: number; readonly most: number },
) {
  const perPage = readCount(c, 'perPage', usual, most)
  const totalPages = Math.max(1, Math.ceil(all.length / perPage))
  const page = readCount(c, 'page', 1, Number.MAX_SAFE_INTEGER)
  const pageStart = (page - 1) * perPage
  const records = all.slice(pageStart, pageStart + perPage)
  const addressOf = (number: number) => {
    const url = new URL(c.req.url)
    url.searchParams.set('page', String(number))
    url.searchParams.set('perPage', String(perPage))
    return { uri: url.href }
  }
  return {
    uri: addressOf(page).uri,
    records,
    paging: {
      page,
      totalPages,
      perPage,
      totalElements: all.length,
      pageStart,
      pageEnd: pageStart + Math.max(0, records.length - 1),
    },
    navigation: {
      firstPage: addressOf(1),
      ...(page > 1 && { previousPage: addressOf(page - 1) }),
      ...(page < totalPages && { nextPage: addressOf(page + 1) }),
      lastPage: addressOf(totalPages),
    },
  }
}

function readCount(c: Context, name: string, usual: number, most: number): number {
  const text = c.req.query(name)
  if (text === undefined) return usual
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (count < 1 || count > most) throw invalidParameter(name, `a whole number from 1 to ${most}`)
  return count
}
