/** An answer of which a long text crosses between threads as it is, beside the rest. */
export class WithText<Head> {
  constructor(
    readonly head: Head,
    readonly text: string,
  ) {}
}
