/** Types of measurement: properties of the GS1 Web Vocabulary that CBV 2.0 names. */
export const MEASUREMENT_TYPES =
  `AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude
  AmountOfSubstance AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area
  Capacitance Conductance Conductivity Count Density Dimensionless DoseEquivalent DoseEquivalentRate DynamicViscosity
  ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force Frequency
  Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux LuminousIntensity
  MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate MassPerAreaTime
  MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux RadiantIntensity
  Radioactivity RelativeHumidity Resistance Resistivity SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension
  Temperature Time Torque Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber`.split(
    /\s+/,
  );

/** CBV 2.0, what a sensor report excepts. */
export const ALERT_TYPES = ['ALARM_CONDITION', 'ERROR_CONDITION'];

/**
 * Names of the drafts before CBV 2.0, which the reference vectors of the event hash keep. A draft reported an alert as
 * a type of measurement.
 */
export const DRAFT_ALERT_TYPES = ['AT-Alarm_condition', 'AT-Error_condition'];
export const DRAFT_MEASUREMENT_TYPES =
  `MT-EffectiveDoseRate MT-Humidity MT-Illuminance MT-Molar_concentration MT-Speed
  MT-Temperature`.split(/\s+/);

/** CBV 2.0, components of a measurement that has several: coordinates of a vector or a place. */
export const COMPONENTS =
  `altitude axial_distance azimuth easting elevation_angle height latitude longitude northing
  polar_angle spherical_radius x y z`.split(/\s+/);
