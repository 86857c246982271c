/**
 * Formatters of dates and numbers, each made once: making one takes as long as drawing a line of a list, and using it takes no
 * time.
 */
export function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  // A formatter keeps the time zone it was created in, and a page may stay open through a journey.
  const key = `${language} ${new Date().getTimezoneOffset()} ${JSON.stringify(options)}`
  return findOrMake(dates, key, () => new Intl.DateTimeFormat(language, options))
}

export function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return findOrMake(numbers, `${language} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(language, options))
}

const dates = new Map<string, Intl.DateTimeFormat>()
const numbers = new Map<string, Intl.NumberFormat>()

function findOrMake<T>(made: Map<string, T>, key: string, make: () => T): T {
  const known = made.get(key)
  if (known !== undefined) return known
  const fresh = make()
  made.set(key, fresh)
  return fresh
}
