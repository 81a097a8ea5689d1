import { registerEnumType } from 'type-graphql';

export enum EpcisActionEnum {
  ADD = 'ADD',
  OBSERVE = 'OBSERVE',
  DELETE = 'DELETE',
}

registerEnumType(EpcisActionEnum, {
  name: 'EpcisAction',
  description: 'What an event does to the things it names (EPCIS 2.0 section 7.3.2).',
  valuesConfig: {
    ADD: { description: 'They came to be, or were put together.' },
    OBSERVE: { description: 'They were seen; nothing was changed.' },
    DELETE: { description: 'They ceased to be, or were taken apart.' },
  },
});

export enum EventOrderEnum {
  TIME_ASC = 'TIME_ASC',
  TIME_DESC = 'TIME_DESC',
  RECORD_ASC = 'RECORD_ASC',
  RECORD_DESC = 'RECORD_DESC',
}

registerEnumType(EventOrderEnum, {
  name: 'EventOrder',
  description: 'Order of a list of events.',
  valuesConfig: {
    TIME_ASC: { description: 'By eventTime, oldest first.' },
    TIME_DESC: { description: 'By eventTime, newest first.' },
    RECORD_ASC: {
      description: 'By recordTime, which is the order of the log, oldest first. Stable.',
    },
    RECORD_DESC: { description: 'By recordTime, which is the order of the log, newest first.' },
  },
});

export enum QuantityListEnum {
  quantityList = 'quantityList',
  childQuantityList = 'childQuantityList',
  inputQuantityList = 'inputQuantityList',
  outputQuantityList = 'outputQuantityList',
}

registerEnumType(QuantityListEnum, {
  name: 'QuantityListName',
  description: 'In which of its lists an event names a class.',
  valuesConfig: {
    quantityList: { description: 'Of an ObjectEvent or TransactionEvent.' },
    childQuantityList: { description: 'What is in the parent, or associated with it.' },
    inputQuantityList: { description: 'What a transformation used up.' },
    outputQuantityList: { description: 'What a transformation made.' },
  },
});

export enum FieldAreaEnum {
  EVENT = 'EVENT',
  ILMD = 'ILMD',
  ERROR_DECLARATION = 'ERROR_DECLARATION',
  READ_POINT = 'READ_POINT',
  BIZ_LOCATION = 'BIZ_LOCATION',
  SENSOR_ELEMENT = 'SENSOR_ELEMENT',
  SENSOR_METADATA = 'SENSOR_METADATA',
  SENSOR_REPORT = 'SENSOR_REPORT',
}

registerEnumType(FieldAreaEnum, {
  name: 'FieldArea',
  description: 'Where in an event a member stands that is not EPCIS own.',
  valuesConfig: {
    EVENT: { description: 'The event itself.' },
    ILMD: { description: 'Instance or lot master data.' },
    ERROR_DECLARATION: { description: 'The error declaration.' },
    READ_POINT: { description: 'The read point.' },
    BIZ_LOCATION: { description: 'The business location.' },
    SENSOR_ELEMENT: { description: 'An element of the sensor list.' },
    SENSOR_METADATA: { description: 'The metadata of a sensor element.' },
    SENSOR_REPORT: { description: 'A sensor report.' },
  },
});

export enum SensorNumberEnum {
  value = 'value',
  minValue = 'minValue',
  maxValue = 'maxValue',
  meanValue = 'meanValue',
  sDev = 'sDev',
  percRank = 'percRank',
  percValue = 'percValue',
}

registerEnumType(SensorNumberEnum, {
  name: 'SensorNumber',
  description: 'Which number of a sensor report.',
  valuesConfig: {
    value: { description: 'The value measured.' },
    minValue: { description: 'The smallest of a series.' },
    maxValue: { description: 'The greatest of a series.' },
    meanValue: { description: 'The mean of a series.' },
    sDev: { description: 'The standard deviation of a series.' },
    percRank: { description: 'The rank of a percentile, in percent.' },
    percValue: { description: 'The value of a percentile.' },
  },
});
