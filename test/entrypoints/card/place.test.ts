import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clampPlace, stepAside, USUAL_PLACE } from '../../../entrypoints/card/place.ts'

const card = { width: 320, height: 200 }
const window = { width: 1280, height: 800 }

const px = (max: number) => fc.integer({ min: 0, max })
const sizes = fc.record({ width: px(2000), height: px(2000) })
const places = fc.record({
  right: fc.integer({ min: -3000, max: 3000 }),
  bottom: fc.integer({ min: -3000, max: 3000 }),
})
const boxes = fc
  .record({ left: px(2000), top: px(2000), width: px(800), height: px(400) })
  .map(({ left, top, width, height }) => ({ left, top, right: left + width, bottom: top + height }))

const edges = ({ right, bottom }: { right: number; bottom: number }, size = card, of = window) => ({
  left: of.width - right - size.width,
  top: of.height - bottom - size.height,
  right: of.width - right,
  bottom: of.height - bottom,
})

describe('a card is kept inside the window', () => {
  it.each([
    ['where it fits it stays', USUAL_PLACE, window, USUAL_PLACE],
    ['beyond the upper left corner', { right: 5000, bottom: 5000 }, window, { right: 960, bottom: 600 }],
    ['beyond the lower right corner', { right: -40, bottom: -40 }, window, { right: 0, bottom: 0 }],
    [
      'in a window that has become smaller',
      { right: 900, bottom: 500 },
      { width: 640, height: 400 },
      { right: 320, bottom: 200 },
    ],
    [
      'in a window smaller than the card',
      { right: 900, bottom: 500 },
      { width: 200, height: 100 },
      { right: 0, bottom: 0 },
    ],
  ])('%s', (_what, place, size, expected) => {
    expect(clampPlace(place, card, size)).toEqual(expected)
  })

  it('wherever it was, whatever the sizes', () => {
    fc.assert(
      fc.property(places, sizes, sizes, (place, size, of) => {
        const { left, top, right, bottom } = edges(clampPlace(place, size, of), size, of)
        expect(right).toBeLessThanOrEqual(of.width)
        expect(bottom).toBeLessThanOrEqual(of.height)
        if (size.width <= of.width) expect(left).toBeGreaterThanOrEqual(0)
        if (size.height <= of.height) expect(top).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('a card makes way for what the person types in', () => {
  it('stays where it does not cover it', () => {
    expect(stepAside(USUAL_PLACE, card, window, { left: 0, top: 0, right: 400, bottom: 40 })).toBe(USUAL_PLACE)
  })

  it('goes above a field at the lower edge', () => {
    const field = { left: 800, top: 740, right: 1240, bottom: 780 }
    expect(stepAside(USUAL_PLACE, card, window, field)).toEqual({ right: 16, bottom: 68 })
  })

  it('goes beside what is as high as the window', () => {
    const field = { left: 1000, top: 0, right: 1280, bottom: 800 }
    expect(stepAside(USUAL_PLACE, card, window, field)).toEqual({ right: 288, bottom: 16 })
  })

  it('stays where everything is covered by it', () => {
    const editor = { left: 0, top: 0, right: 1280, bottom: 800 }
    expect(stepAside(USUAL_PLACE, card, window, editor)).toBe(USUAL_PLACE)
  })

  it('never leaves the window, and is over it only if it stays', () => {
    fc.assert(
      fc.property(places, boxes, (anywhere, box) => {
        const place = clampPlace(anywhere, card, window)
        const aside = stepAside(place, card, window, box)
        const { left, top, right, bottom } = edges(aside)
        expect(Math.min(left, top, window.width - right, window.height - bottom)).toBeGreaterThanOrEqual(0)
        const isOver = left < box.right && right > box.left && top < box.bottom && bottom > box.top
        expect(isOver && aside !== place).toBe(false)
      }),
    )
  })
})
