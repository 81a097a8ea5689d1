/** A code that stands for others done together. */
export interface CodeRule {
  /** Code, bare or as `system|code`. */
  panel: string;
  components: string[];
}

/**
 * Panels of clinical chemistry and the tests they are made of. The relation of the codes is public: the descriptors (which
 * are the AMA's) are not repeated. Source: CMS, National Correct Coding Initiative Policy Manual, chapter X, section C
 * (organ or disease oriented panels).
 */
export const PANELS: readonly CodeRule[] = [
  { panel: '80050', components: ['80053', '84443', '85025'] },
  { panel: '80051', components: ['82374', '82435', '84132', '84295'] },
  {
    panel: '80048',
    components: ['82310', '82374', '82435', '82565', '82947', '84132', '84295', '84520'],
  },
  {
    panel: '80053',
    components: [
      ...['82040', '82247', '82310', '82374', '82435', '82565', '82947'],
      ...['84075', '84132', '84155', '84295', '84450', '84460', '84520'],
    ],
  },
  { panel: '80061', components: ['82465', '83718', '84478'] },
  {
    panel: '80076',
    components: ['82040', '82247', '82248', '84075', '84155', '84450', '84460'],
  },
];

/** Panels that hold all parts of another one: the other is not to be billed beside them. Same source. */
export const PANEL_IN_PANEL: readonly CodeRule[] = [
  { panel: '80053', components: ['80048', '80051'] },
  { panel: '80048', components: ['80051'] },
];

/**
 * Least minutes a visit of these codes takes, where the level is told by time. Source: CMS, CY 2021 and CY 2023 Physician
 * Fee Schedule final rules (office and other outpatient evaluation and management).
 */
export const CODE_MINUTES: readonly { code: string; minutes: number }[] = [
  { code: '99202', minutes: 15 },
  { code: '99203', minutes: 30 },
  { code: '99204', minutes: 45 },
  { code: '99205', minutes: 60 },
  { code: '99212', minutes: 10 },
  { code: '99213', minutes: 20 },
  { code: '99214', minutes: 30 },
  { code: '99215', minutes: 40 },
];

/** Levels of one kind of visit, lowest first: the last is the one whose share is looked at. */
export const LEVELS: readonly (readonly string[])[] = [
  ['99202', '99203', '99204', '99205'],
  ['99211', '99212', '99213', '99214', '99215'],
  ['99281', '99282', '99283', '99284', '99285'],
];
