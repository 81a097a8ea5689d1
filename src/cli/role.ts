import { InvalidArgumentError, Option } from 'commander';
import { isRole, type Role } from '../access/viewer.js';

/** Whoever runs a command on a data directory acts as the node's own service unless it asks for less. */
export function roleOption(description: string): Option {
  return new Option('--role <role>', description).argParser(parseRole).default('service');
}

function parseRole(text: string): Role {
  if (isRole(text)) return text;
  throw new InvalidArgumentError(
    'Roles are patient, clinician, payer, supply, researcher, auditor, operator and service.',
  );
}
