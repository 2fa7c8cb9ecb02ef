/** Chance that comes from a seed: the same seed gives the same numbers on every machine. The generator is sfc32. */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(seed: number) {
    this.a = spread(seed)
    this.b = spread(this.a ^ 0x9e3779b9)
    this.c = spread(this.b ^ 0x85ebca6b)
    for (let round = 0; round < 12; round += 1) {
      this.bits()
    }
  }

  /** From 0 up to 1. */
  next(): number {
    return this.bits() / 4_294_967_296
  }

  /** A whole number from 0 up to, but not, `below`. */
  below(below: number): number {
    return Math.floor(this.next() * below)
  }

  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** Milliseconds around a mean: often shorter, at times much longer. */
  around(meanMs: number): number {
    return Math.ceil(-Math.log(1 - this.next()) * meanMs)
  }

  pick<Value>(values: readonly Value[]): Value | undefined {
    return values[this.below(values.length)]
  }

  private bits(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum
    this.c |= 0
    return sum >>> 0
  }
}

/** Neighbouring seeds have to give worlds that have nothing in common (the finaliser of splitmix32). */
function spread(seed: number): number {
  let bits = (seed + 0x9e3779b9) | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad)
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97)
  return bits ^ (bits >>> 15)
}
