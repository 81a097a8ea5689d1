import { AppError } from '../../../error.js';
import { refuseXml } from '../../media-type.js';
import { isEventType } from '../event-type.js';
import { attributeOf, isStandard, type XmlElement } from './element.js';
import { formatXPath } from './xpath.js';

const DOCUMENTS: readonly string[] = [
  'EPCISDocument',
  'EPCISQueryDocument',
  'EPCISMasterDataDocument',
];

/**
 * What a document is by its outermost element.
 *
 * @throws AppError UNSUPPORTED_MEDIA_TYPE for what is not EPCIS, INVALID_RECORD for a version that is not known
 */
export function readRoot(root: XmlElement): 'document' | 'event' {
  const { local, namespace } = root;
  if (!isStandard(namespace)) throw refuseXml();
  if (isEventType(local) || local === 'QuantityEvent') return 'event';
  if (!DOCUMENTS.includes(local)) throw refuseXml();
  const version = attributeOf(root, 'schemaVersion')?.trim() ?? '2.0';
  if (!/^[12](?:\.\d+)*$/.test(version)) {
    const pointer = `${formatXPath(root)}/@schemaVersion`;
    throw new AppError('INVALID_RECORD', 'EPCIS XML is read in versions 1 and 2', { pointer });
  }
  return 'document';
}
