import { Arg, Int } from 'type-graphql';
import { PAGE_DEFAULT } from '../../../query/page.js';

/** The argument that says how long a page is. */
export function First(description = 'How many, from 1 to 500.') {
  return Arg('first', () => Int, { nullable: true, defaultValue: PAGE_DEFAULT, description });
}

/** The argument that says behind what a page begins. */
export function After() {
  return Arg('after', () => String, { nullable: true, description: 'Cursor to go on behind.' });
}
