/** A value of a series, as a server tells it at `/metrics`; with labels the series is spelled as it is there. Throws when it tells none. */
export async function readMetric(url: string, series: string): Promise<number> {
  const response = await fetch(`${url}/metrics`)
  return decodeMetric(await response.text(), series)
}

export function decodeMetric(text: string, series: string): number {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  if (line === undefined) throw new Error(`a server should tell ${series}`)
  return Number(line.slice(series.length))
}
