/** Whole numbers one after the other, four bytes each and outside the heap: a walk may hold millions. */
export class IntColumn {
  private values = new Int32Array(256);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const grown = new Int32Array(this.length * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.length++] = value;
  }

  at(index: number): number {
    return this.values[index]!;
  }

  set(index: number, value: number): void {
    this.values[index] = value;
  }

  slice(from: number, to: number): Int32Array {
    return this.values.subarray(from, Math.min(to, this.length));
  }
}

/** The same for numbers beyond 2^31, and for null. */
export class NumberColumn {
  private values = new Float64Array(256);
  length = 0;

  push(value: number | null | undefined): void {
    if (this.length === this.values.length) {
      const grown = new Float64Array(this.length * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.length++] = value ?? NaN;
  }

  at(index: number): number | null {
    const value = this.values[index]!;
    return Number.isNaN(value) ? null : value;
  }
}
