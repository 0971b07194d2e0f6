import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Budgets } from '../../base/budget.ts';
import type { Observer } from '../../base/observer.ts';

/** From a cached answer to the longest call, in seconds. */
const buckets = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50];

/** What metrics are collected from. */
export interface MetricsOptions {
  /** Tells how many requests are being answered. */
  readonly underWay: () => number;
  /** Tells how many lines of the log were dropped. */
  readonly droppedLines: () => number;
  readonly budgets: Budgets;
}

/** What `/metrics` tells. Labels hold names of tools, outcomes and statuses: nobody's data, and no caller. */
export class Metrics implements Observer {
  readonly #registry = new Registry();
  readonly #calls = this.#counter('charitylog_tool_calls_total', 'Tool calls by how they ended', 'tool', 'outcome');
  readonly #callSeconds = this.#histogram('charitylog_tool_call_seconds', 'How long tool calls took', 'tool');
  readonly #requests = this.#counter('charitylog_api_requests_total', 'Requests to Charitylog', 'method', 'status');
  readonly #requestSeconds = this.#histogram(
    'charitylog_api_request_seconds',
    'How long Charitylog took until its answer began',
    'method',
  );
  /** Counted here: each call looks several times, and counters sort their labels each time. */
  readonly #lookUps = { lists: { hit: 0, miss: 0 }, answers: { hit: 0, miss: 0 } };
  readonly #refused = this.#counter(
    'charitylog_http_refused_total',
    'Requests refused before they reached a tool',
    'status',
  );

  constructor({ underWay, droppedLines, budgets }: MetricsOptions) {
    collectDefaultMetrics({ register: this.#registry });
    new Gauge({
      name: 'charitylog_http_requests_in_flight',
      help: 'Requests being answered, open subscriptions included',
      registers: [this.#registry],
      collect() {
        this.set(underWay());
      },
    });
    new Counter({
      name: 'charitylog_log_lines_dropped_total',
      help: 'Log lines that nobody read in time',
      registers: [this.#registry],
      collect() {
        this.reset();
        this.inc(droppedLines());
      },
    });
    const lookUps = this.#lookUps;
    new Counter({
      name: 'charitylog_cache_lookups_total',
      help: 'Looks into the caches',
      labelNames: ['cache', 'result'],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [cache, counts] of Object.entries(lookUps)) {
          for (const [result, count] of Object.entries(counts)) this.inc({ cache, result }, count);
        }
      },
    });
    new Gauge({
      name: 'charitylog_kept_bytes',
      help: 'What is kept in memory, weighed, by kind',
      labelNames: ['kind'],
      registers: [this.#registry],
      collect() {
        for (const [kind, { taken }] of Object.entries(budgets)) this.set({ kind }, taken);
      },
    });
  }

  call({ tool, outcome, ms }: Parameters<Observer['call']>[0]): void {
    this.#calls.inc({ tool, outcome });
    this.#callSeconds.observe({ tool }, ms / 1000);
  }

  apiRequest({ method, status, ms }: Parameters<Observer['apiRequest']>[0]): void {
    this.#requests.inc({ method, status });
    this.#requestSeconds.observe({ method }, ms / 1000);
  }

  cacheLookUp(cache: 'lists' | 'answers', isHit: boolean): void {
    this.#lookUps[cache][isHit ? 'hit' : 'miss']++;
  }

  /** Counts a request that was refused before it reached a tool. */
  refused(status: number): void {
    this.#refused.inc({ status });
  }

  /** All figures in the text format of Prometheus, and its media type. */
  async page(): Promise<{ text: string; contentType: string }> {
    return { text: await this.#registry.metrics(), contentType: this.#registry.contentType };
  }

  #counter<T extends string>(name: string, help: string, ...labelNames: T[]): Counter<T> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #histogram<T extends string>(name: string, help: string, ...labelNames: T[]): Histogram<T> {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.#registry] });
  }
}
