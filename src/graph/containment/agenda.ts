import type { Touch } from './movement.js';
import { comparePositions, type Position } from './position.js';

/** Something to look at again. Without child: the walk of the ADD there. Without touch: nothing happens there now. */
export interface Task {
  position: Position;
  child?: number;
  touch?: Touch;
}

/** Tasks in the order of their positions; at one position walks come first. A heap. */
export class Agenda {
  private readonly tasks: Task[] = [];

  push(task: Task): void {
    const { tasks } = this;
    let i = tasks.push(task) - 1;
    while (i > 0) {
      const above = (i - 1) >> 1;
      if (compare(tasks[above]!, task) <= 0) break;
      tasks[i] = tasks[above]!;
      i = above;
    }
    tasks[i] = task;
  }

  /** The next task; the same one pushed twice comes once. */
  pop(): Task | undefined {
    const first = this.take();
    while (first && this.tasks[0] && compare(first, this.tasks[0]) === 0) this.take();
    return first;
  }

  private take(): Task | undefined {
    const { tasks } = this;
    const first = tasks[0];
    const last = tasks.pop();
    if (last && tasks.length > 0) this.sink(last);
    return first;
  }

  private sink(task: Task): void {
    const { tasks } = this;
    let i = 0;
    for (;;) {
      let below = 2 * i + 1;
      if (below >= tasks.length) break;
      if (below + 1 < tasks.length && compare(tasks[below + 1]!, tasks[below]!) < 0) below++;
      if (compare(task, tasks[below]!) <= 0) break;
      tasks[i] = tasks[below]!;
      i = below;
    }
    tasks[i] = task;
  }
}

function compare(a: Task, b: Task): number {
  return comparePositions(a.position, b.position) || (a.child ?? -1) - (b.child ?? -1);
}
