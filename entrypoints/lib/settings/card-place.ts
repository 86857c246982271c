/** Distance of the card's edges from the window's, CSS px. Not negative; the card keeps itself inside whatever the window's size. */
export interface CardPlace {
  readonly right: number
  readonly bottom: number
}
