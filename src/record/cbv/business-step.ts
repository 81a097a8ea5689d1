/** CBV 2.0, business steps; `entering_exiting` is deprecated and still read. */
export const BUSINESS_STEPS = `accepting arriving assembling collecting commissioning consigning
  creating_class_instance cycle_counting decommissioning departing destroying disassembling dispensing encoding
  entering_exiting holding inspecting installing killing loading other packing picking receiving removing repackaging
  repairing replacing reserving retail_selling sampling sensor_reporting shipping staging_outbound stock_taking
  stocking storing transporting unloading unpacking void_shipping`.split(/\s+/);
