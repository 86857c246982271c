/**
 * The numbers in the form that takes the least room and is sorted fastest: unsigned whole ones where all of them are, as counts are, and
 * milliseconds of up to 49 days.
 */
export function compactNumbers(numbers: Float64Array): Uint32Array | Float64Array {
  const whole = new Uint32Array(numbers)
  return numbers.every((value, index) => value === whole[index]) ? whole : numbers
}
