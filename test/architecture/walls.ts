/** What rooms must not load, by whatever files it would come. */
interface Wall {
  readonly rooms: readonly string[]
  /** Beginnings of paths of files and of names of packages. */
  readonly never: readonly string[]
  readonly because: string
}

const IN_EVERY_PAGE = ['entrypoints/page-link', 'entrypoints/page-numbers', 'entrypoints/dial-links']
const IN_CRM_PAGES = [...IN_EVERY_PAGE, 'entrypoints/card']
const EXTENSION_PAGES = [
  'entrypoints/popup',
  'entrypoints/board',
  'entrypoints/diagnostics',
  'entrypoints/crm-record',
  'entrypoints/welcome',
  'entrypoints/options',
  'entrypoints/reports',
  'entrypoints/ring-sound',
]

export const WALLS: readonly Wall[] = [
  {
    rooms: ['entrypoints/ring-sound'],
    never: ['preact', 'entrypoints/ui/', 'entrypoints/lib/store/', 'entrypoints/lib/settings/', 'valibot'],
    because: 'it is opened while a phone rings: it plays what it is told, and knows nothing else',
  },
  {
    rooms: IN_CRM_PAGES,
    never: ['shared/number/', 'libphonenumber-js'],
    because: 'what runs in a CRM page stays small: the worker sends numbers formatted',
  },
  {
    rooms: IN_CRM_PAGES,
    never: [
      'entrypoints/lib/store/',
      'entrypoints/reports/export/',
      'idb',
      'valibot',
      '@preact/signals',
      '@webext-core/messaging',
      'papaparse',
      'write-excel-file',
    ],
    because: 'what runs in a CRM page stays small: the worker reads the store and checks what it is sent',
  },
  {
    rooms: IN_EVERY_PAGE,
    never: ['preact', 'entrypoints/ui/'],
    because: 'what runs before there is a call draws nothing',
  },
  {
    // All others have a store whose type has no way to write.
    rooms: [...IN_CRM_PAGES, ...EXTENSION_PAGES, 'entrypoints/ui'],
    never: ['entrypoints/lib/store/open-writable.ts'],
    because: 'only the background opens a store to write to it',
  },
  {
    rooms: ['entrypoints/background'],
    never: ['preact', '@preact/signals', 'papaparse', 'write-excel-file'],
    because: 'the worker starts with each event, and draws nothing and writes no files',
  },
  {
    rooms: ['entrypoints/popup', 'entrypoints/welcome', 'entrypoints/board', 'entrypoints/diagnostics'],
    never: ['papaparse', 'write-excel-file', 'uplot'],
    because: 'these open at a click: files and charts belong to the reports',
  },
]
