import { AppError } from '../../error.js';

/** A bound on what all requests together may hold in memory. What does not fit is refused, to be tried again. */
export class ByteBudget {
  private left: number;

  constructor(sizeMaxBytes: number) {
    this.left = sizeMaxBytes;
  }

  /** @throws AppError LOG_BUSY */
  take(sizeBytes: number): void {
    if (sizeBytes > this.left) {
      throw new AppError('LOG_BUSY', 'this node is reading as much as it can hold');
    }
    this.left -= sizeBytes;
  }

  giveBack(sizeBytes: number): void {
    this.left += sizeBytes;
  }
}
