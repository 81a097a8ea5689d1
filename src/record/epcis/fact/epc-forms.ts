import { canonicalEpc } from '../../gs1/identifier.js';

/** Canonical forms of one event's identifiers, each worked out once though several ask for it. */
export class EpcForms {
  private readonly forms = new Map<string, string>();

  of(text: string): string {
    let form = this.forms.get(text);
    if (form === undefined) {
      form = canonicalEpc(text);
      this.forms.set(text, form);
    }
    return form;
  }
}
