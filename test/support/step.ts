/**
 * A part of a test that is told by its name when it fails. What one visit can show is shown in one: a scene of its own for each
 * part would take longer than the part.
 */
export async function step(name: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (error instanceof Error) error.message = `${name}: ${error.message}`
    throw error
  }
}
