import { isSuccess, type CaptureJob, type JobError } from '../../capture/job.js';
import { AppError } from '../../error.js';
import { formatException, type Problem } from './epcis-problem.js';

/** A job as EPCIS 2.0 tells of it, with numbers of our own. */
export interface CaptureJobBody {
  captureID: string;
  createdAt: string;
  /** Absent while it runs. */
  finishedAt?: string;
  running: boolean;
  success: boolean;
  captureErrorBehaviour: string;
  errors: JobProblem[];
  captured: number;
  refused: number;
  repeated: number;
  warnings: number;
}

type JobProblem = Pick<Problem, 'type' | 'title' | 'status' | 'detail' | 'code' | 'retryable'> &
  Omit<JobError, 'message'>;

export function formatCaptureJob(job: CaptureJob): CaptureJobBody {
  const { id, createdAt, finishedAt, mode, captured, refused, repeated, warnings } = job;
  return {
    captureID: id,
    createdAt: new Date(createdAt).toISOString(),
    ...(finishedAt !== undefined && { finishedAt: new Date(finishedAt).toISOString() }),
    running: finishedAt === undefined,
    success: isSuccess(job),
    captureErrorBehaviour: mode,
    errors: job.errors.map(formatJobError),
    captured,
    refused,
    repeated,
    warnings,
  };
}

function formatJobError({ code, message, ...place }: JobError): JobProblem {
  const error = new AppError(code, message);
  const { retryable } = error;
  return { ...formatException(error, 'capture'), detail: message, code, retryable, ...place };
}
