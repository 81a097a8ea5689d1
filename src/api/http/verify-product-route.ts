import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../error.js';
import { Reader } from '../../query/reader.js';
import { verifyProduct, type VerificationView } from '../../query/verify-product.js';
import { parseExpiry, type ProductQuestion } from '../../query/verify-product-input.js';
import type { Rooms } from '../rooms.js';
import { startDeadline } from './deadline.js';

/** A verification request of the standard; who asks is told by the token, whatever `reqGLN` says. */
interface VerifyRequest {
  Params: { gtin: string; lot: string; ser: string };
  Querystring: Record<string, string | string[] | undefined>;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * `GET /verify/gtin/{gtin}/lot/{lot}/ser/{serial}?exp=YYMMDD&linkType=verificationService&corrUUID=...`: the request and
 * the answer of the GS1 Lightweight Messaging Standard for Verification of Product Identifiers, by the same rules as
 * GraphQL's `verifyProduct`. A node has no GLN, so the answer has no `responderGLN`.
 */
export function registerVerifyProduct(server: FastifyInstance, rooms: Rooms): void {
  const url = '/verify/gtin/:gtin/lot/:lot/ser/:ser';
  server.get<VerifyRequest>(url, async (request, reply) => {
    const question = readQuestion(request, rooms.now());
    const corrUUID = readCorrelation(request);
    using deadline = startDeadline(reply.raw, rooms.limits.deadlineMs);
    const reader = new Reader(rooms, request.session.viewer, deadline.signal);
    const answer = formatAnswer(await verifyProduct(reader, question), corrUUID);
    return reply.header('cache-control', 'no-store').send(answer);
  });
}

function readQuestion(request: FastifyRequest<VerifyRequest>, now: number): ProductQuestion {
  const { gtin, lot, ser } = request.params;
  const exp = one(request, 'exp');
  const linkType = one(request, 'linkType');
  if (linkType !== undefined && linkType !== 'verificationService') {
    throw new AppError('BAD_USER_INPUT', 'no other linkType than verificationService is served', {
      pointer: '/linkType',
    });
  }
  const expiry = exp === undefined ? undefined : parseExpiry(exp, now, '/exp');
  return { gtin, lot, serial: ser, expiry };
}

/** Sent back as it came, so that the caller can tell answers apart. */
function readCorrelation(request: FastifyRequest<VerifyRequest>): string | undefined {
  const corrUUID = one(request, 'corrUUID');
  if (corrUUID === undefined || UUID.test(corrUUID)) return corrUUID;
  throw new AppError('BAD_USER_INPUT', 'corrUUID is no UUID', { pointer: '/corrUUID' });
}

function one({ query }: FastifyRequest<VerifyRequest>, name: string): string | undefined {
  const value = query[name];
  if (!Array.isArray(value)) return value;
  throw new AppError('BAD_USER_INPUT', `${name} is given twice`, { pointer: `/${name}` });
}

/** The standard has room for one additional information: what weighs most. */
function formatAnswer(view: VerificationView, corrUUID: string | undefined) {
  const { verified, verificationFailureReason, additionalInfo, verifiedAt } = view;
  const [info] = additionalInfo;
  return {
    verificationTimestamp: new Date(verifiedAt).toISOString(),
    data: {
      verified,
      ...(verificationFailureReason !== null && { verificationFailureReason }),
      ...(info !== undefined && { additionalInfo: info }),
    },
    ...(corrUUID !== undefined && { corrUUID }),
  };
}
