import type { AppError, ErrorCode } from '../error.js';
import type { CaptureMode } from './capture.js';

/** Why a record of a job, or the whole job, failed. Never content: a code, a place, a message of ours. */
export interface JobError {
  code: ErrorCode;
  message: string;
  pointer?: string;
  hint?: string;
  /** Where in the body: its document, or its line from 1 in NDJSON. */
  document?: number;
  line?: number;
}

/** How far a job has come. */
export interface JobProgress {
  captured: number;
  refused: number;
  repeated: number;
  warnings: number;
  /** The first of them. */
  errors: JobError[];
}

/** One call of bulk capture, remembered after it is over (EPCIS 2.0 section 12, capture jobs). Times in ms. */
export interface CaptureJob extends JobProgress {
  id: string;
  createdAt: number;
  /** Absent while it runs. */
  finishedAt?: number;
  mode: CaptureMode;
}

/** Enough to see what is wrong; the counts stay exact. */
export const JOB_ERRORS_MAX = 100;

export function startJob(id: string, createdAt: number, mode: CaptureMode): CaptureJob {
  return { id, createdAt, mode, captured: 0, refused: 0, repeated: 0, warnings: 0, errors: [] };
}

export function withProgress(job: CaptureJob, progress: JobProgress): CaptureJob {
  const { captured, refused, repeated, warnings, errors } = progress;
  return {
    ...job,
    captured,
    refused,
    repeated,
    warnings,
    errors: errors.slice(0, JOB_ERRORS_MAX),
  };
}

/** @param failure what ended the job before its time; it stands first among the errors */
export function finishJob(job: CaptureJob, finishedAt: number, failure?: AppError): CaptureJob {
  if (!failure) return { ...job, finishedAt };
  return {
    ...job,
    finishedAt,
    errors: [toJobError(failure), ...job.errors].slice(0, JOB_ERRORS_MAX),
  };
}

/** For a job that was running when its node ended. */
export function interruptJob(job: CaptureJob, finishedAt: number): CaptureJob {
  const interrupted: JobError = {
    code: 'SHUTTING_DOWN',
    message: 'the node ended while this job was running',
    hint: 'what was captured stays captured; send the same body again, with the same Idempotency-Key if it had one',
  };
  return { ...job, finishedAt, errors: [interrupted, ...job.errors].slice(0, JOB_ERRORS_MAX) };
}

/** True while nothing has gone wrong. */
export function isSuccess({ refused, errors }: CaptureJob): boolean {
  return refused === 0 && errors.length === 0;
}

function toJobError({ code, message, data: { pointer, hint } }: AppError): JobError {
  return {
    code,
    message,
    ...(pointer !== undefined && { pointer }),
    ...(hint !== undefined && { hint }),
  };
}
