import { openFactsFile, closeFactsFile, type FactsFile } from '../../../src/facts/facts-file.js';
import type { FactValue } from '../../../src/facts/facts-reader.js';
import { Questions } from '../../../src/facts/question.js';
import type { AnalyticsFilter } from '../../../src/query/analytics/filter.js';
import { FigurePlanner, type FigureQuestion } from '../../../src/query/analytics/figure-plan.js';
import { groupsSql, recordsSql, type TimeSpan } from '../../../src/query/analytics/group-sql.js';
import { resolveIds, type Ask } from '../../../src/query/analytics/resolve.js';
import { findWithheld, type Withheld } from '../../../src/query/analytics/cell-size.js';

type Value = string | number | boolean | null;
export type FactRow = Record<string, Value>;

export interface FigureAsked extends FigureQuestion {
  filter?: AnalyticsFilter;
  window?: TimeSpan;
  now?: number;
}

/** The tables of facts on a real DuckDB, filled by hand: figures are asked of them as of any others. */
export class FactsWorld {
  private readonly questions: Questions;
  private readonly terms = new Map<string, number>();
  private nextId = 1;

  private constructor(private readonly file: FactsFile) {
    this.questions = new Questions(file);
  }

  static async open(directory: string): Promise<FactsWorld> {
    return new FactsWorld(await openFactsFile(directory));
  }

  readonly ask: Ask = <Row extends unknown[]>(sql: string, parameters: readonly FactValue[]) =>
    this.questions.ask(this.nextId++, sql, parameters) as Promise<Row[]>;

  /** Id of a text, which becomes a term. */
  async term(text: string): Promise<number> {
    const known = this.terms.get(text);
    if (known !== undefined) return known;
    const id = this.terms.size + 1_000;
    this.terms.set(text, id);
    await this.insert('term', [{ id, text }]);
    return id;
  }

  async insert(table: string, rows: readonly FactRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += 500) {
      const part = rows.slice(at, at + 500);
      const names = Object.keys(part[0]!);
      const values: FactValue[] = [];
      const lines = part.map((row) => {
        const places = names.map((name) => `$${values.push(row[name] ?? null)}`);
        return `(${places.join(', ')})`;
      });
      await this.ask(
        `INSERT INTO ${table} (${names.join(', ')}) VALUES ${lines.join(', ')}`,
        values,
      );
    }
  }

  async clear(...tables: string[]): Promise<void> {
    for (const table of tables) await this.ask(`DELETE FROM ${table}`, []);
  }

  /** Groups as objects: the keys in a list under `keys`, and the measures. */
  async figure(question: FigureAsked): Promise<Record<string, unknown>[]> {
    const planner = await this.planner(question);
    const plan = planner.plan(question.window ?? {});
    const rows = await this.ask<unknown[]>(groupsSql(plan, 10_000), plan.statement.parameters);
    const width = plan.dimensions.length;
    return rows.map((row) => ({
      keys: row.slice(0, width),
      ...Object.fromEntries(plan.measures.map((name, i) => [name, row[width + i]])),
    }));
  }

  async records(question: FigureAsked, keys: (string | number | null)[]): Promise<number[]> {
    const planner = await this.planner(question);
    const plan = planner.plan(question.window ?? {});
    const sql = recordsSql(plan, keys, -1, 10_000);
    return (await this.ask<[number]>(sql, plan.statement.parameters)).map(([seq]) => seq);
  }

  async withheld(question: FigureAsked): Promise<ReadonlySet<string> | undefined> {
    return (await this.allWithheld(question))?.groups;
  }

  async allWithheld(question: FigureAsked): Promise<Withheld | undefined> {
    return findWithheld(await this.planner(question, false), question.window ?? {}, this.ask);
  }

  async close(): Promise<void> {
    await this.questions.close();
    closeFactsFile(this.file);
  }

  private async planner(question: FigureAsked, isExact = true): Promise<FigurePlanner> {
    const { filter = {}, now = 0, options = {}, name } = question;
    const ids = await resolveIds(this.ask, async () => undefined, name, filter, options);
    const classes = ['fhir.resource', 'epcis.event', 'master.data', 'dataset'];
    return new FigurePlanner({ now, classes }, question, filter, ids, isExact);
  }
}
