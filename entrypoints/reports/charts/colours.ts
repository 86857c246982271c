/** The colours of a chart, as the page's style has them now: a canvas knows nothing of custom properties. */
export interface ChartColours {
  readonly text: string
  readonly quiet: string
  readonly line: string
  readonly ground: string
  /** By the name of the series. */
  of(series: string): string
}

/** `element`: where the chart is drawn. A series has its colour in `--series-<name>`. */
export function readColours(element: HTMLElement): ChartColours {
  const probe = element.appendChild(document.createElement('span'))
  const read = (property: string) => {
    probe.style.color = `var(${property})`
    return getComputedStyle(probe).color
  }
  // A custom property that refers to others is resolved only where it is used as a colour.
  probe.style.setProperty('forced-color-adjust', 'none')
  const colours = { text: read('--text'), quiet: read('--quiet'), line: read('--line'), ground: read('--ground') }
  const known = new Map<string, string>()
  for (const name of SERIES) known.set(name, read(`--series-${name}`))
  probe.remove()
  return { ...colours, of: (series) => known.get(series) ?? colours.text }
}

/** Every series that any chart has. */
const SERIES = [
  'answered',
  'missed',
  'answeredElsewhere',
  'voicemail',
  'unreached',
  'other',
  'ring',
  'talk',
  'hold',
] as const
export type SeriesName = (typeof SERIES)[number]

/** Calls `listener` when colours may have changed: system scheme, forced colours, printing. */
export function listenToColours(listener: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)', 'print'].map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', listener)
  return () => {
    for (const query of queries) query.removeEventListener('change', listener)
  }
}
