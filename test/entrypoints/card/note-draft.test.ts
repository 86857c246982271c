import { beforeEach, describe, expect, it } from 'vitest'
import { createNoteDraft, type NoteDraft } from '../../../entrypoints/card/note-draft.ts'
import type { CallNote } from '../../../entrypoints/lib/notes/note.ts'

let draft: NoteDraft
let sent: readonly string[]
let waiting: { readonly delayMs: number; readonly task: () => void } | undefined

beforeEach(() => {
  sent = []
  waiting = undefined
  draft = createNoteDraft({
    send: ({ text, tags }) => {
      sent = [...sent, [text, ...tags].join('#')]
    },
    after: (delayMs, task) => {
      const one = { delayMs, task }
      waiting = one
      return () => {
        if (waiting === one) waiting = undefined
      }
    },
  })
})

/** Lets the time pass that the draft waits for. */
function pass(): number | undefined {
  const due = waiting
  waiting = undefined
  due?.task()
  return due?.delayMs
}

const note = (text: string, ...tags: readonly string[]): CallNote => ({ text, tags })

describe('a note that is being written', () => {
  it('goes out shortly after it is typed, and is saved when the worker says so', () => {
    expect(draft.state()).toBe('empty')
    draft.write(note('w'))
    draft.write(note('wa'))
    expect(sent).toEqual([])
    expect(draft.state()).toBe('saving')
    expect(pass()).toBe(300)
    expect(sent).toEqual(['wa'])
    draft.take(note('wa'))
    expect(draft.state()).toBe('saved')
    expect(waiting).toBeUndefined()
  })

  it('goes out every now and then while somebody types on', () => {
    draft.write(note('w'))
    const first = waiting
    draft.write(note('wa'))
    expect(waiting).toBe(first)
    pass()
    draft.write(note('wan'))
    expect(pass()).toBe(300)
    expect(sent).toEqual(['wa', 'wan'])
  })

  it('is not taken for saved by the answer to what was typed before', () => {
    draft.write(note('w'))
    pass()
    draft.write(note('wa'))
    draft.take(note('w'))
    expect(draft.shown()).toEqual(note('wa'))
    expect(draft.state()).toBe('saving')
    pass()
    expect(sent).toEqual(['w', 'wa'])
  })

  it('goes out again when no answer comes, because the worker was ended', () => {
    draft.write(note('w'))
    pass()
    expect(pass()).toBe(2000)
    draft.take(note(''))
    expect(pass()).toBe(2000)
    expect(sent).toEqual(['w', 'w', 'w'])
    draft.take(note('w'))
    expect(pass()).toBeUndefined()
  })

  it('goes out at once when the field or the page is left, and only once', () => {
    draft.write(note('w'))
    draft.flush()
    draft.flush()
    expect(sent).toEqual(['w'])
    draft.write(note('wa'))
    draft.focus(false)
    expect(sent).toEqual(['w', 'wa'])
  })

  it('that is refused stays, says so, and is tried again', () => {
    draft.take(note('kept'))
    draft.write(note('kept and more'))
    pass()
    draft.take({ ...note('kept'), isRefused: true })
    expect(draft.state()).toBe('refused')
    expect(draft.shown()).toEqual(note('kept and more'))
    pass()
    expect(pass()).toBe(10_000)
    draft.take(note('kept and more'))
    expect(draft.state()).toBe('saved')
  })

  it('is sent a last time when the card goes', () => {
    draft.write(note('w'))
    draft.rest()
    expect(sent).toEqual(['w'])
    expect(waiting).toBeUndefined()
  })
})

describe('a note that is written in another tab', () => {
  it('is taken over', () => {
    draft.take(note('theirs', 'VIP'))
    expect(draft.shown()).toEqual(note('theirs', 'VIP'))
    expect(draft.state()).toBe('saved')
  })

  it('is not put under the hands of somebody who is in the field; tags are, and the text is when they leave', () => {
    draft.take(note('mine'))
    draft.focus(true)
    draft.take(note('theirs', 'VIP'))
    expect(draft.shown()).toEqual(note('mine', 'VIP'))
    draft.focus(false)
    expect(draft.shown()).toEqual(note('theirs', 'VIP'))
    expect(sent).toEqual([])
  })

  it('loses against what is typed here later', () => {
    draft.focus(true)
    draft.write(note('mine'))
    draft.take(note('theirs'))
    expect(draft.shown()).toEqual(note('mine'))
    pass()
    expect(sent).toEqual(['mine'])
  })
})
