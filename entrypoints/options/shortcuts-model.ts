import { type ReadonlySignal, signal } from '@preact/signals'
import { browser } from 'wxt/browser'

/** A command of the extension and the keys that Chrome has for it. */
export interface Shortcut {
  /** What it does, in the reader's language. */
  readonly description: string
  /** As Chrome writes it (`Alt+Shift+C`); `''`: none, or another extension has it. */
  readonly keys: string
}

export interface ShortcutsModel {
  readonly shortcuts: ReadonlySignal<readonly Shortcut[]>
  /** Opens Chrome's own page for shortcuts, the only place to change them. */
  change(): Promise<void>
}

export function createShortcutsModel(): ShortcutsModel {
  const shortcuts = signal<readonly Shortcut[]>([])
  const read = async () => {
    const commands = await browser.commands.getAll()
    shortcuts.value = commands.flatMap(({ description, shortcut = '' }) =>
      // Chrome also lists the toolbar button, for which we have no text.
      description ? { description, keys: shortcut } : [],
    )
  }
  void read()
  // Chrome reports no change; but the person returns from its page to this one.
  addEventListener('focus', () => void read())

  return {
    shortcuts,
    change: async () => {
      await browser.tabs.create({ url: 'chrome://extensions/shortcuts' })
    },
  }
}
