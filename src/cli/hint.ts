import type { ErrorCode } from '../error.js';

/** What a person at a terminal can do about a code, where the error itself does not say. */
const HINTS: Partial<Record<ErrorCode, string>> = {
  EMPTY_INPUT: 'the file is empty',
  MALFORMED_JSON:
    'the file is not JSON; one record a line is read from files named .ndjson or .jsonl',
  DUPLICATE_MEMBER: 'one of the two would be lost; remove it',
  TOO_DEEP: 'nothing in FHIR or EPCIS nests this deep; look for a loop in what wrote the file',
  TOO_LARGE: 'split it, or keep attachments elsewhere and refer to them',
  UNSUPPORTED_MEDIA_TYPE: 'FHIR R4 JSON and EPCIS 2.0 JSON-LD are read',
  UNKNOWN_RESOURCE_TYPE:
    'FHIR R4 resources and EPCIS 2.0 events are known; check resourceType or type',
  INVALID_RECORD:
    'mend what the pointer shows and capture the file again; what was good is not captured twice',
  BATCH_ROLLED_BACK: 'nothing of this file was captured; mend it, or use --mode proceed',
  NON_CANONICAL: 'the text cannot be sealed as it is; look for unpaired surrogates',
  KEY_FILE_LOCKED: 'set PROVTRAIL_PASSPHRASE to the passphrase the node was made with',
  LOG_BUSY: 'run the same command again; what was captured is not captured twice',
  LOG_DIVERGED: 'do not write to this directory; run provtrail verify and compare with a backup',
  STORE_FULL: 'free some space, then run the same command again',
  STORE_FAILED: 'look at the disk, then run provtrail verify',
  DATA_DIRECTORY_LOCKED: 'stop the other provtrail process, or talk to it with --url',
  DATA_DIRECTORY_MISSING: 'make one with: provtrail init --data DIR --org NAME',
  DATA_DIRECTORY_EXISTS: 'choose another directory',
  DATA_DIRECTORY_NEWER: 'upgrade provtrail',
  UNAUTHENTICATED:
    'make a token with: provtrail token --data DIR, and pass it as --token or PROVTRAIL_TOKEN',
  RATE_LIMITED: 'wait a minute, or raise PROVTRAIL_RATE_LIMIT_PER_MINUTE on the node',
  SHUTTING_DOWN: 'the node is stopping; run the same command again when it is back',
};

export function hintFor(code: string): string | undefined {
  return HINTS[code as ErrorCode];
}
