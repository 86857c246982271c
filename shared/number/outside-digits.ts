/** Minimum digits of a number in the outside world; fewer are an extension, a room, a count. */
export const MIN_OUTSIDE_DIGITS = 7
