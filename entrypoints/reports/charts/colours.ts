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
  const probes = element.appendChild(document.createElement('span'))
  // A custom property that refers to others is resolved only where it is used as a colour.
  probes.style.setProperty('forced-color-adjust', 'none')
  // All are there before the first is read: the page's style is worked out once, and not for each of them.
  const asked = PROPERTIES.map((property) => {
    const probe = probes.appendChild(document.createElement('span'))
    probe.style.color = `var(${property})`
    return { property, probe }
  })
  const colours = new Map(asked.map(({ property, probe }) => [property, getComputedStyle(probe).color]))
  probes.remove()
  const read = (property: string) => colours.get(property) ?? ''
  return {
    text: read('--text'),
    quiet: read('--quiet'),
    line: read('--line'),
    ground: read('--ground'),
    of: (series) => colours.get(`--series-${series}`) ?? read('--text'),
  }
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

const PROPERTIES = ['--text', '--quiet', '--line', '--ground', ...SERIES.map((name) => `--series-${name}`)]

/** Calls `listener` when colours may have changed: system scheme, forced colours, printing. */
export function listenToColours(listener: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)', 'print'].map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', listener)
  return () => {
    for (const query of queries) query.removeEventListener('change', listener)
  }
}
