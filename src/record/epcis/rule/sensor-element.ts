import {
  checkBoolean,
  checkHex,
  checkInstant,
  checkNumber,
  checkTerm,
  checkText,
  checkUnit,
  checkUri,
  listOf,
  objectOf,
  recordOf,
  type Check,
} from '../value.js';

const WHENCE = {
  time: checkInstant,
  deviceID: checkUri,
  deviceMetadata: checkUri,
  rawData: checkUri,
  dataProcessingMethod: checkUri,
  bizRules: checkUri,
};

const checkMetadata = recordOf({ ...WHENCE, startTime: checkInstant, endTime: checkInstant });

const checkReportMembers = recordOf({
  ...WHENCE,
  type: checkTerm,
  exception: checkTerm,
  component: checkTerm,
  microorganism: checkUri,
  chemicalSubstance: checkUri,
  coordinateReferenceSystem: checkUri,
  value: checkNumber,
  minValue: checkNumber,
  maxValue: checkNumber,
  meanValue: checkNumber,
  sDev: checkNumber,
  percRank: checkNumber,
  percValue: checkNumber,
  stringValue: checkText,
  booleanValue: checkBoolean,
  hexBinaryValue: checkHex,
  uriValue: checkUri,
  uom: checkUnit,
});

const checkReport: Check = objectOf({}, {}, (report, found) => {
  checkReportMembers(report, found);
  if (report['type'] === undefined && report['exception'] === undefined) {
    found.add('a sensor report has a type or an exception');
  }
});

/** The sensor elements of an event, member by member (EPCIS 2.0 sections 7.3.7.2 and 7.3.7.3). */
export const checkSensors: Check = listOf(
  objectOf({ sensorReport: listOf(checkReport, 1) }, { sensorMetadata: checkMetadata }),
);
